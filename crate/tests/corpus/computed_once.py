"""Many ask for a value, which is computed once."""

import asyncio
from collections import defaultdict


class Cache:
    """Each key is computed once, however many ask for it."""

    def __init__(self, load):
        self.load = load
        self.values = {}
        self.locks = defaultdict(asyncio.Lock)
        self.misses = 0

    async def get(self, key):
        if key in self.values:
            return self.values[key]
        async with self.locks[key]:
            if key not in self.values:
                self.misses += 1
                self.values[key] = await self.load(key)
            return self.values[key]


class Once:
    def __init__(self, factory):
        self.factory = factory
        self.task = None

    async def get(self):
        if self.task is None:
            self.task = asyncio.create_task(self.factory())
        return await asyncio.shield(self.task)


async def load(key):
    await asyncio.sleep(0.05)
    return key.upper()


async def main():
    cache = Cache(load)
    print(await asyncio.gather(*(cache.get(key) for key in "abcabcabc")))
    print(cache.misses)
    once = Once(lambda: load("once"))
    first = asyncio.create_task(once.get())
    second = asyncio.create_task(once.get())
    await asyncio.sleep(0.01)
    first.cancel()
    await asyncio.wait([first])
    print(first.cancelled(), await second)


asyncio.run(main())
