"""Semaphores are destroyed while they are held, and others take their address: only of the last is it not seen yet."""

import asyncio


async def once(number):
    gate = asyncio.Semaphore(number + 1)
    await gate.acquire()  # 0.5: Semaphore held by main


async def main():
    asyncio.current_task().set_name("main")
    for number in range(5):
        await once(number)
    lock = asyncio.Lock()
    async with lock:  # 0.5: Lock held by main
        await asyncio.sleep(1)


asyncio.run(main())
