import asyncio

# The lock is the caller's, and one of two is cancelled before it writes.
class Counter:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.value = 0

    async def add(self):
        async with self.lock:
            await self.add_unlocked()

    async def add_unlocked(self):
        value = self.value
        await asyncio.sleep(0.01)
        self.value = value + 1

total = 0

async def count():
    global total
    seen = total
    await asyncio.sleep(0.1)
    total = seen + 1

async def main():
    counter = Counter()
    await asyncio.gather(counter.add(), counter.add())
    assert counter.value == 2
    first, second = asyncio.create_task(count()), asyncio.create_task(count())
    await asyncio.sleep(0.01)
    first.cancel()
    await asyncio.wait([first, second])
    assert total == 1

asyncio.run(main())
