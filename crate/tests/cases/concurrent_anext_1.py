import asyncio
async def gen():
    for n in range(4):
        await asyncio.sleep(0.1)
        yield n
async def main():
    g = gen()
    print(await asyncio.gather(anext(g), anext(g)))  # error: concurrent-anext
asyncio.run(main())
