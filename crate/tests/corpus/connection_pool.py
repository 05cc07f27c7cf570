"""A pool lends out connections and takes them back, whatever happens to the borrower."""

import asyncio
from contextlib import asynccontextmanager


class Connection:
    def __init__(self, number):
        self.number = number

    async def query(self, text):
        await asyncio.sleep(0.1)
        if text == "bad":
            raise ValueError("syntax error")
        return f"{text} by {self.number}"


class Pool:
    def __init__(self, size):
        self.free = asyncio.Queue()
        for number in range(size):
            self.free.put_nowait(Connection(number))

    @asynccontextmanager
    async def borrow(self):
        connection = await self.free.get()
        try:
            yield connection
        finally:
            self.free.put_nowait(connection)


async def ask(pool, text):
    try:
        async with pool.borrow() as connection:
            return await connection.query(text)
    except ValueError as problem:
        return f"failed: {problem}"


async def main():
    pool = Pool(2)
    for line in await asyncio.gather(*(ask(pool, text) for text in ("one", "bad", "two", "three"))):
        print(line)
    print(pool.free.qsize(), "free")


asyncio.run(main())
