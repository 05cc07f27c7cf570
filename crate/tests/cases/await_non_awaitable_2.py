import asyncio
async def main():
    await [asyncio.sleep(1)]  # error: await-non-awaitable
asyncio.run(main())
