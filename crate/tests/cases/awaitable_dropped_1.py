import asyncio
async def f(n):
    await asyncio.sleep(n)
async def main():
    asyncio.gather(f(0.1), f(0.2))  # warning: awaitable-dropped
    await asyncio.sleep(1)
asyncio.run(main())
