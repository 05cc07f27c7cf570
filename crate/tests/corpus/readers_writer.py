"""Many readers or one writer at a time, made of a condition."""

import asyncio
from contextlib import asynccontextmanager


class ReadWriteLock:
    def __init__(self):
        self.condition = asyncio.Condition()
        self.readers = 0
        self.writing = False

    @asynccontextmanager
    async def read(self):
        async with self.condition:
            await self.condition.wait_for(lambda: not self.writing)
            self.readers += 1
        try:
            yield
        finally:
            async with self.condition:
                self.readers -= 1
                self.condition.notify_all()

    @asynccontextmanager
    async def write(self):
        async with self.condition:
            await self.condition.wait_for(lambda: not self.writing and self.readers == 0)
            self.writing = True
        try:
            yield
        finally:
            async with self.condition:
                self.writing = False
                self.condition.notify_all()


async def reader(lock, store, name):
    async with lock.read():
        await asyncio.sleep(0.1)
        print(name, "sees", store["value"])


async def writer(lock, store, value):
    async with lock.write():
        await asyncio.sleep(0.2)
        store["value"] = value


async def main():
    lock, store = ReadWriteLock(), {"value": 0}
    await asyncio.gather(reader(lock, store, "a"), reader(lock, store, "b"), writer(lock, store, 1))
    await reader(lock, store, "c")


asyncio.run(main())
