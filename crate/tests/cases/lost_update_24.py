import asyncio

class Store:
    def __init__(self):
        self.value = 0

    async def get(self):
        await asyncio.sleep(0.01)
        return self.value

    async def set(self, value):
        await asyncio.sleep(0.01)
        self.value = value

store = Store()

async def increment():
    await store.set(await store.get() + 1)  # error: lost-update

async def main():
    await asyncio.gather(increment(), increment())
    print(await store.get())

asyncio.run(main())
