import asyncio
async def f():
    await asyncio.sleep(0)
async def main():
    f()  # error: coroutine-never-awaited
    x = f()  # error: coroutine-never-awaited
    await asyncio.sleep(0.1)
asyncio.run(main())
