import asyncio
async def ticks(n):
    for i in range(n):
        await asyncio.sleep(0.1)
        yield i
async def main():
    print([i async for i in ticks(3)])
    async for i in ticks(3):
        print(i)
asyncio.run(main())
