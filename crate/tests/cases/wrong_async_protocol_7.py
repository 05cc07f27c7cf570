import asyncio
from contextlib import asynccontextmanager


@asynccontextmanager
async def session():
    yield 1


async def numbers():
    for n in range(3):
        yield n


async def main():
    with session() as s:  # error: wrong-async-protocol at `session()`
        print(s)


asyncio.run(main())
