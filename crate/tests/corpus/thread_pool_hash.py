"""Work that would block is handed to threads, a few at a time."""

import asyncio
import hashlib
import time


def digest(name):
    time.sleep(0.2)
    return name, hashlib.sha256(name.encode()).hexdigest()[:8]


async def main():
    limit = asyncio.Semaphore(2)

    async def one(name):
        async with limit:
            return await asyncio.to_thread(digest, name)

    for name, value in await asyncio.gather(*map(one, ["a.txt", "b.txt", "c.txt", "d.txt"])):
        print(name, value)


asyncio.run(main())
