import asyncio
async def f(n, sem):
    async with sem:
        await asyncio.sleep(0.01)
        return n
async def main():
    sem = asyncio.Semaphore(10)
    print(len(await asyncio.gather(*(f(n, sem) for n in range(60)))))
asyncio.run(main())
