import asyncio

# The value is read before the lock is taken.
class Counter:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.n = 0

    async def add(self):
        n = self.n
        async with self.lock:
            await asyncio.sleep(0.01)
            self.n = n + 1  # error: lost-update

async def main():
    counter = Counter()
    await asyncio.gather(*(counter.add() for _ in range(3)))
    print(counter.n)

asyncio.run(main())
