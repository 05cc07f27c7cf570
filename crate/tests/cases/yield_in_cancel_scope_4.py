"""The scope may have a name, or come of a method that only makes it."""

import asyncio


class Database:
    def transaction(self):
        return asyncio.timeout(5)

    async def rows(self):
        async with self.transaction():
            yield 1  # warning: yield-in-cancel-scope


async def pages():
    limit = asyncio.timeout(20)
    async with limit:
        yield 1  # warning: yield-in-cancel-scope


async def items():
    group = asyncio.TaskGroup()
    async with group:
        yield await group.create_task(asyncio.sleep(0.1, 2))  # warning: yield-in-cancel-scope


async def locked():
    lock = asyncio.Lock()
    async with lock:
        yield 3


async def main():
    for generator in (Database().rows(), pages(), items(), locked()):
        async for item in generator:
            print(item)


asyncio.run(main())
