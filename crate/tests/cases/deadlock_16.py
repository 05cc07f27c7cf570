"""The workers of a full queue put into it themselves, and none of them is left to take anything."""

import asyncio


async def walk(queue):
    while True:
        number = await queue.get()
        if number < 10:
            await queue.put(2 * number + 1)
            await queue.put(2 * number + 2)  # error: deadlock at `await queue.put`  # says: it is full
        queue.task_done()


async def main():
    queue = asyncio.Queue(maxsize=2)
    workers = [asyncio.create_task(walk(queue)) for _ in range(2)]
    await queue.put(0)
    await queue.join()  # related: deadlock
    for worker in workers:
        worker.cancel()


asyncio.run(main())
