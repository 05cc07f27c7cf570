import asyncio

# Nothing is waited for between the read and the write, though both are awaited.
class Store:
    def __init__(self):
        self.value = 0
        self.log = []

    async def get(self):
        await asyncio.sleep(0.01)
        return self.value

    async def set(self, value):
        self.value = value
        await asyncio.sleep(0.01)

store = Store()

async def increment():
    await store.set(await store.get() + 1)

async def main():
    await asyncio.gather(increment(), increment())
    assert store.value == 2

asyncio.run(main())
