"""A semaphore that is taken and not given back: those who took it are named."""

import asyncio


async def enter(semaphore, name):
    await semaphore.acquire()  # error: deadlock  # says: `first` and task `second` have taken it
    print(name)


async def main():
    semaphore = asyncio.Semaphore(2)
    names = ["first", "second", "third"]
    await asyncio.gather(*(asyncio.create_task(enter(semaphore, name), name=name) for name in names))


asyncio.run(main())
