import asyncio
async def gen():
    async with asyncio.timeout(1):
        for n in range(3):
            yield n  # warning: yield-in-cancel-scope
            await asyncio.sleep(0.1)
async def main():
    async for n in gen():
        print(n)
asyncio.run(main())
