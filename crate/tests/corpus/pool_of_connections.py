"""A pool lends its connections, and whoever waits too long gives up."""

import asyncio
import contextlib
import itertools


class Connection:
    ids = itertools.count(1)

    def __init__(self):
        self.id = next(self.ids)
        self.open = False

    async def connect(self):
        await asyncio.sleep(0.05)
        self.open = True
        return self

    async def execute(self, sql):
        if not self.open:
            raise ConnectionError("closed")
        await asyncio.sleep(0.01)
        return f"{self.id}: {sql}"

    async def close(self):
        await asyncio.sleep(0.01)
        self.open = False


class Pool:
    def __init__(self, size):
        self.size = size
        self.free = asyncio.LifoQueue()
        self.all = []

    async def __aenter__(self):
        self.all = await asyncio.gather(*(Connection().connect() for _ in range(self.size)))
        for connection in self.all:
            self.free.put_nowait(connection)
        return self

    async def __aexit__(self, *exc_info):
        await asyncio.gather(*(connection.close() for connection in self.all))

    @contextlib.asynccontextmanager
    async def acquire(self, timeout=1.0):
        async with asyncio.timeout(timeout):
            connection = await self.free.get()
        try:
            yield connection
        finally:
            self.free.put_nowait(connection)


async def query(pool, n):
    async with pool.acquire() as connection:
        return await connection.execute(f"select {n}")


async def main():
    async with Pool(3) as pool:
        rows = await asyncio.gather(*(query(pool, n) for n in range(12)))
        print(*rows, sep="\n")
        with contextlib.suppress(TimeoutError):
            async with contextlib.AsyncExitStack() as stack:
                for _ in range(4):
                    await stack.enter_async_context(pool.acquire(0.2))
        print(pool.free.qsize())


asyncio.run(main())
