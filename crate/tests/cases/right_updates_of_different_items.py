import asyncio
stock = {"apple": 5, "pear": 5}
async def buy(name, count):
    left = stock[name]
    await asyncio.sleep(0.1)
    stock[name] = left - count
async def main():
    await asyncio.gather(buy("apple", 2), buy("pear", 1))
    await asyncio.gather(*(buy(name, 1) for name in stock))
    print(stock)
asyncio.run(main())
