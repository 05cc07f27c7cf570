"""A cache in which the same key is loaded once, however many ask at once."""

import asyncio


class Cache:
    def __init__(self):
        self.values = {}
        self.loads = 0

    async def load(self, key):
        self.loads += 1
        await asyncio.sleep(0.1)
        return key.upper()

    async def get(self, key):
        if key not in self.values:
            self.values[key] = asyncio.create_task(self.load(key))
        return await self.values[key]


async def main():
    cache = Cache()
    print(await asyncio.gather(*(cache.get(key) for key in ("a", "b", "a", "a", "b"))))
    print("loads:", cache.loads)


asyncio.run(main())
