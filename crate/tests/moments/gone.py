"""A semaphore that is destroyed while it is held is nobody's any more; what takes its address begins anew."""

import asyncio
import gc


async def keep(semaphore, seconds):
    await semaphore.acquire()  # 0.5: Semaphore held by early; 2.5: Semaphore held by late
    await asyncio.sleep(seconds)


async def main():
    asyncio.current_task().set_name("main")
    for name in ("early", "late"):
        await asyncio.create_task(keep(asyncio.Semaphore(1), 1), name=name)
        # It went with the coroutine; nothing is held while this waits.
        await asyncio.sleep(1)
    for number in range(5):
        await asyncio.Semaphore(number + 1).acquire()
    # A cycle that keeps one is collected.
    gate = asyncio.Semaphore(2)
    gate.itself = gate
    await gate.acquire()
    del gate
    await asyncio.sleep(1)
    gc.collect()
    lock = asyncio.Lock()
    async with lock:  # 5.5: Lock held by main
        await asyncio.sleep(1)


asyncio.run(main())
