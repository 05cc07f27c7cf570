"""A notification of another condition of the same lock, and one that was not sent, have no part in it."""

import asyncio

lock = asyncio.Lock()
full = asyncio.Condition(lock)
empty = asyncio.Condition(lock)


async def wait():
    await asyncio.sleep(0.2)
    async with full:
        await full.wait()  # error: deadlock


async def notify(many):
    await asyncio.sleep(0.1)
    async with empty:
        empty.notify_all()  # unrelated: deadlock
    async with full:
        if many:
            full.notify_all()  # unrelated: deadlock


async def main():
    await asyncio.gather(wait(), notify(False))


asyncio.run(main())
