import asyncio

# Each access has the lock, the two together do not.
class Store:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.value = 0

    async def get(self):
        async with self.lock:
            await asyncio.sleep(0.01)
            return self.value

    async def set(self, value):
        async with self.lock:
            await asyncio.sleep(0.01)
            self.value = value

async def add(store):
    value = await store.get()
    await store.set(value + 1)  # error: lost-update

async def main():
    store = Store()
    await asyncio.gather(add(store), add(store))
    print(store.value)

asyncio.run(main())
