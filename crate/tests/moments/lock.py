import asyncio


async def worker(name, lock):
    async with lock:  # 0.5: Lock held by one, waited for by two and three; 1.5: Lock held by two, waited for by three; 2.5: Lock held by three
        await asyncio.sleep(1)


async def by_hand(lock):
    await asyncio.sleep(4)
    await lock.acquire()  # 4.5: Lock held by main
    await asyncio.sleep(1)
    lock.release()
    await asyncio.sleep(1)
    # Nobody has it now, and nothing is told of it. It is taken again, and the task ends with it.
    asyncio.create_task(lock.acquire(), name="taker")  # 6.5: Lock held by main
    await asyncio.sleep(1)


async def main():
    lock = asyncio.Lock()
    asyncio.current_task().set_name("main")
    tasks = [asyncio.create_task(worker(name, lock), name=name) for name in ("one", "two", "three")]
    await by_hand(lock)
    await asyncio.gather(*tasks)


asyncio.run(main())
