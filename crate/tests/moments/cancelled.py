import asyncio


async def holder(lock):
    async with lock:  # 0.5: Lock held by holder, waited for by given up and in time; 1.5: Lock held by holder, waited for by in time
        await asyncio.sleep(2)


async def given_up(lock):
    try:
        await asyncio.wait_for(lock.acquire(), 1)
    except TimeoutError:
        await asyncio.sleep(5)


async def in_time(lock):
    await asyncio.wait_for(lock.acquire(), 9)  # 2.5: Lock held by in time
    await asyncio.sleep(1)
    lock.release()


async def never_begun(lock):
    """What is cancelled before it has begun gets nothing."""
    await asyncio.sleep(4)
    task = asyncio.create_task(lock.acquire())
    task.cancel()
    await asyncio.sleep(0)
    # A timeout of nothing at all does the same, inside the library.
    try:
        await asyncio.wait_for(lock.acquire(), 0)
    except TimeoutError:
        pass
    # And a call that nobody awaits gets nothing either.
    lock.acquire().close()
    async with lock:  # 4.5: Lock held by last
        await asyncio.sleep(1)
    # Free as it is, it is told of no more.
    await asyncio.sleep(1)
    async with asyncio.Lock():  # 6.5: Lock held by last
        await asyncio.sleep(1)


async def main():
    lock = asyncio.Lock()
    names = {"holder": holder, "given up": given_up, "in time": in_time, "last": never_begun}
    await asyncio.gather(*(asyncio.create_task(what(lock), name=name) for name, what in names.items()))


asyncio.run(main())
