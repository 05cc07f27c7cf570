import asyncio

class Counter:
    def __init__(self):
        self.n = 0

    async def bump(self):
        value = self.n
        if await check(value):
            self.n = value + 1  # error: lost-update

async def check(value):
    await asyncio.sleep(0.01)
    return value < 10

async def main():
    counter = Counter()
    await asyncio.gather(counter.bump(), counter.bump())
    print(counter.n)

asyncio.run(main())
