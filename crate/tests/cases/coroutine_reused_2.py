import asyncio
async def f():
    await asyncio.sleep(0)
async def main():
    c = f()
    await asyncio.gather(asyncio.create_task(c), c)  # error: coroutine-reused
asyncio.run(main())
