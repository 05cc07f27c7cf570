import asyncio
async def f(n):
    await asyncio.sleep(n)
    return n
async def main():
    for c in asyncio.as_completed([f(0.3), f(0.1), f(0.2)]):
        print(await c)
asyncio.run(main())
