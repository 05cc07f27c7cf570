"""One worker has failed with something in hand."""

import asyncio


async def work(todo):
    while True:
        item = await todo.get()  # says: took something here and failed
        print(10 // item)  # warning: exception-never-retrieved
        todo.task_done()


async def main():
    queue = asyncio.Queue()
    worker = asyncio.create_task(work(queue))
    queue.put_nowait(0)
    await queue.join()  # error: deadlock
    worker.cancel()


asyncio.run(main())
