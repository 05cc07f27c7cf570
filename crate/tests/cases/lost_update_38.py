"""Two values at once, by names of their own."""

import asyncio


class Stock:
    def __init__(self):
        self.left, self.sold = 10, 0
        self.seen = 0


async def sell(stock):
    left, sold = stock.left, stock.sold
    await asyncio.sleep(0.1)
    stock.left, stock.sold = left - 1, sold + 1  # error: lost-update


async def swap(stock):
    left, sold = stock.left, stock.sold
    await asyncio.sleep(0.1)
    stock.seen = left
    stock.left = stock.left + 1
    stock.left, stock.sold = stock.sold, stock.left


async def main():
    stock = Stock()
    await asyncio.gather(sell(stock), sell(stock))
    await asyncio.gather(swap(stock), swap(stock))
    print(stock.left, stock.sold)


asyncio.run(main())
