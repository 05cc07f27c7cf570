import asyncio
async def agen():
    for n in range(5):
        yield n
        await asyncio.sleep(0.1)
async def take(g):
    async for n in g:  # error: concurrent-anext
        print(n)
async def main():
    g = agen()
    await asyncio.gather(take(g), take(g))
asyncio.run(main())
