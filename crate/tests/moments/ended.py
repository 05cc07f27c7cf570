"""A task ends and gives nothing back: those who wait do so for ever."""

import asyncio


async def careless(lock):
    await lock.acquire()  # 0.5: Lock held by careless (ended), waited for by patient


async def patient(lock):
    await asyncio.sleep(0.2)
    async with lock:
        print("never")


async def failing(lock):
    async with lock:
        raise ValueError("what an async with gives back")


async def main():
    lock, other = asyncio.Lock(), asyncio.Lock()
    tasks = [
        asyncio.create_task(careless(lock), name="careless"),
        asyncio.create_task(patient(lock), name="patient"),
        asyncio.create_task(failing(other), name="failing"),
    ]
    await asyncio.wait(tasks, timeout=1)
    tasks[1].cancel()


asyncio.run(main())
