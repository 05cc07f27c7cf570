import asyncio
async def work():
    await asyncio.sleep(0.1)
async def main():
    asyncio.shield(work())  # warning: awaitable-dropped
    await asyncio.sleep(1)
asyncio.run(main())
