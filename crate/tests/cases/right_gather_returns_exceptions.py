import asyncio
async def bad(n):
    await asyncio.sleep(n)
    raise ValueError(n)
async def main():
    print(await asyncio.gather(bad(0.1), bad(0.2), return_exceptions=True))
asyncio.run(main())
