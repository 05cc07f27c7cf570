"""The name `_` says that nobody is to have it; it is the same as no name."""

import asyncio


async def work(seconds):
    await asyncio.sleep(seconds)


async def start():
    _ = asyncio.gather(work(0.1), work(0.2))  # warning: awaitable-dropped at `asyncio.gather(work(0.1), work(0.2))`
    await asyncio.sleep(0)


async def read():
    _ = asyncio.gather(work(0.1), work(0.2))
    await _


async def main():
    await start()
    await read()
    await asyncio.sleep(1)


asyncio.run(main())
