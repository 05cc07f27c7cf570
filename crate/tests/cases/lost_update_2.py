import asyncio

class Stock:
    def __init__(self):
        self.left = 10
        self.sold = {}

    async def sell(self, what, count):
        left = self.left
        await self.pay(what)
        if count > 3:
            await self.pay("fee")
        self.left = left - count  # error: lost-update

    async def pay(self, what):
        await asyncio.sleep(0.01)
        self.sold[what] = self.sold.get(what, 0) + 1

async def shop(stock: Stock, name):
    for count in (1, 2):
        await stock.sell(name, count)

async def main():
    stock = Stock()
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(shop(stock, "bread"))
        group.create_task(shop(stock, "cheese"))
    print(stock.left)

asyncio.run(main())
