import asyncio

class Cart:
    def __init__(self):
        self.total = 0

    async def add_all(self, prices):
        total = self.total
        for price in prices:
            total += await lookup(price)
        self.total = total  # error: lost-update

async def lookup(price):
    await asyncio.sleep(0.01)
    return price

async def main():
    cart = Cart()
    await asyncio.gather(cart.add_all([1, 2]), cart.add_all([3, 4]))
    print(cart.total)

asyncio.run(main())
