import asyncio

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
    await cache.set(user, seen + 1)  # error: lost-update

async def main():
    cache = Cache()
    await asyncio.gather(count(cache, "ann"), count(cache, "ann"))
    print(cache._data)

asyncio.run(main())
