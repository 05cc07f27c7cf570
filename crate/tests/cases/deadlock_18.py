"""Who takes things out of a queue and does not say that they are done is named where others wait for that."""

import asyncio


async def careless(queue):
    while True:
        item = await queue.get()  # says: and does not
        print(item)


async def main():
    queue = asyncio.Queue()
    worker = asyncio.create_task(careless(queue))
    queue.put_nowait(1)
    await queue.join()  # error: deadlock
    worker.cancel()


asyncio.run(main())
