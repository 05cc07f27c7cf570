import asyncio


class Cache:
    def __init__(self):
        self.refresher = asyncio.create_task(self.refresh())  # error: no-running-loop at `asyncio.create_task(self.refresh())`  # error: coroutine-never-awaited at `self.refresh()`

    async def refresh(self):
        while True:
            await asyncio.sleep(60)


cache = Cache()


async def main():
    print(cache)


asyncio.run(main())
