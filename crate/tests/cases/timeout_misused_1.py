import asyncio
async def main():
    t = asyncio.timeout(1)
    async with t:
        await asyncio.sleep(0)
    async with t:  # error: timeout-misused
        await asyncio.sleep(0)
asyncio.run(main())
