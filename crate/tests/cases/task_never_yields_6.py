"""The events are used up before this loop has counted to its end, which it would have come to."""

import asyncio


async def main():
    lock = asyncio.Lock()
    for _ in range(200_000):
        async with lock:
            pass


asyncio.run(main())
