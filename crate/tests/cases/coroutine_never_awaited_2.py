import asyncio
async def gen():
    try:
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0)
async def main():
    g = gen()
    print(await anext(g))
    g.aclose()  # error: coroutine-never-awaited
    await g.aclose()
asyncio.run(main())
