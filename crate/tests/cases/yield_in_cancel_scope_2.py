import asyncio
async def gen():
    try:
        yield 1
    finally:
        yield 2  # error: yield-in-cancel-scope
async def main():
    g = gen()
    print(await anext(g))
    await g.aclose()
asyncio.run(main())
