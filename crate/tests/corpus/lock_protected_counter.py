"""A counter that is read, waited over and written: under a lock."""

import asyncio


class Counter:
    def __init__(self):
        self.value = 0
        self.lock = asyncio.Lock()

    async def increase(self):
        async with self.lock:
            value = self.value
            await asyncio.sleep(0.01)
            self.value = value + 1


async def main():
    counter = Counter()
    await asyncio.gather(*(counter.increase() for _ in range(20)))
    print(counter.value)


asyncio.run(main())
