"""Who took the lock has ended without giving it back."""

import asyncio


async def take(lock):
    await lock.acquire()


async def main():
    lock = asyncio.Lock()
    await take_it(lock)
    await lock.acquire()  # error: deadlock at `await lock.acquire()`


async def take_it(lock):
    await asyncio.create_task(take(lock))


asyncio.run(main())
