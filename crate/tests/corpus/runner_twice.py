"""One runner, several entries: the loop and its objects stay the same between them."""

import asyncio


class Store:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.items = []

    async def add(self, item):
        async with self.lock:
            await asyncio.sleep(0.1)
            self.items.append(item)


async def fill(store, items):
    await asyncio.gather(*map(store.add, items))


async def show(store):
    async with store.lock:
        print(store.items)


store = Store()
with asyncio.Runner() as runner:
    runner.run(fill(store, "abc"))
    runner.run(fill(store, "de"))
    runner.run(show(store))
