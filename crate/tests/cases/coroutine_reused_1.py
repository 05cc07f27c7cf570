import asyncio
async def f():
    await asyncio.sleep(0.1)
    return 1
async def main():
    c = f()
    print(await c)
    print(await c)  # error: coroutine-reused
asyncio.run(main())
