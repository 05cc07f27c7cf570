import asyncio
async def f():
    await asyncio.sleep(1)
    raise ValueError("lost")
async def main():
    asyncio.gather(f(), f())  # warning: awaitable-dropped
    await asyncio.sleep(0.1)
asyncio.run(main())
