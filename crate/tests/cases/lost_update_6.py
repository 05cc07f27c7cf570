import asyncio
stock = {"apple": 5, "pear": 5}
async def buy(name, count):
    left = stock[name]
    if left >= count:
        await asyncio.sleep(0.1)
        stock[name] = left - count  # error: lost-update
async def main():
    await asyncio.gather(*[buy("apple", 2) for _ in range(2)])
    print(stock)
asyncio.run(main())
