"""A connection that is made once: looked for, locked, and looked for again."""

import asyncio


class Pool:
    def __init__(self):
        self.connection = None
        self.made = 0
        self.lock = asyncio.Lock()

    async def connect(self):
        await asyncio.sleep(0.1)
        self.made += 1
        return f"connection {self.made}"

    async def get(self):
        if self.connection is None:
            async with self.lock:
                if self.connection is None:
                    self.connection = await self.connect()
        return self.connection


async def main():
    pool = Pool()
    print(set(await asyncio.gather(*(pool.get() for _ in range(5)))))


asyncio.run(main())
