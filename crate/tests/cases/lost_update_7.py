import asyncio

stock = {"apple": 5}


async def lookup(n):
    await asyncio.sleep(0.01)
    return n


async def sell(n):
    stock["apple"] = stock["apple"] - await lookup(n)  # error: lost-update


async def main():
    await asyncio.gather(sell(1), sell(2))
    print(stock)


asyncio.run(main())
