import asyncio


async def double(n):
    await asyncio.sleep(0)
    return n * 2


async def main():
    results = list(map(double, [1, 2, 3]))  # error: coroutine-never-awaited at `list(map(double, [1, 2, 3]))`
    print(len(results))


asyncio.run(main())
