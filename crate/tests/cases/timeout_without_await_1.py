import asyncio
async def main():
    async with asyncio.timeout(1):  # warning: timeout-without-await
        x = 1
    print(x)
asyncio.run(main())
