import asyncio

# Two helpers away, and in an object of its own.
class Cache:
    def __init__(self):
        self.values = {}

    def store(self, key, value):
        self.values[key] = value

    def take(self, key):
        return self.values[key]  # error: assumed-order

async def fill(cache):
    await asyncio.sleep(1)
    cache.store("token", "secret")

async def ask(cache):
    await asyncio.sleep(0.5)
    print(cache.take("token"))

async def main():
    cache = Cache()
    filling = asyncio.create_task(fill(cache))
    asking = asyncio.create_task(ask(cache))
    await asyncio.wait([filling, asking])
    print(repr(asking.exception()))

asyncio.run(main())
