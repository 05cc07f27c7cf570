import asyncio
async def f():
    return 1
async def main():
    results = [f() for _ in range(3)]  # error: coroutine-never-awaited
    print(len(results))
asyncio.run(main())
