import asyncio
async def f(n):
    await asyncio.sleep(0.1)
    return n
async def run_all(*coros):
    return [await c for c in coros]
async def main():
    print(await run_all(f(1), f(2)))
    pairs = {"a": f(1), "b": f(2)}
    print(dict(zip(pairs, await asyncio.gather(*pairs.values()))))
asyncio.run(main())
