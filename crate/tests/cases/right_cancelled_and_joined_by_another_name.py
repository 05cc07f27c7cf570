"""The tasks have ended by the time they are joined: by a collection that they were put in, and by a caller."""

import asyncio


async def worker(n):
    await asyncio.sleep(n)


def stop(task):
    task.cancel()


async def main():
    first = asyncio.create_task(worker(10))
    second = asyncio.create_task(worker(10))
    third = asyncio.create_task(worker(10))
    await asyncio.sleep(0.1)
    first.cancel()
    second.cancel()
    stop(third)
    await asyncio.sleep(0.1)
    tasks = [first]
    tasks.append(second)
    await asyncio.wait(tasks)
    await asyncio.gather(third, return_exceptions=True)


asyncio.run(main())
