import asyncio

# Each has a key of its own.
class Cache:
    def __init__(self):
        self._data = {}

    async def get(self, key, default=0):
        await asyncio.sleep(0.01)
        return self._data.get(key, default)

    async def set(self, key, value):
        await asyncio.sleep(0.01)
        self._data[key] = value

async def count(cache, user):
    seen = await cache.get(user)
    await cache.set(user, seen + 1)

async def main():
    cache = Cache()
    await asyncio.gather(count(cache, "ann"), count(cache, "bob"))
    for _ in range(2):
        await count(cache, "ann")
    assert cache._data == {"ann": 3, "bob": 1}

asyncio.run(main())
