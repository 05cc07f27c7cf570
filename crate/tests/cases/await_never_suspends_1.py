import asyncio
async def step(n):
    return n * 2
async def work():
    for n in range(10):
        await step(n)  # info: await-never-suspends
async def main():
    await asyncio.gather(work(), work())
asyncio.run(main())
