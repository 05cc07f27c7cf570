"""The line that would wait for the task is one that the run does not come to."""

import asyncio


async def worker(n):
    await asyncio.sleep(n)


async def main(patient):
    task = asyncio.create_task(worker(10))
    await asyncio.sleep(0.1)
    task.cancel()  # info: cancel-not-awaited
    await asyncio.sleep(0.1)
    if patient:
        await asyncio.wait([task])


asyncio.run(main(False))
