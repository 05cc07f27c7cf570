"""A fixed number of workers empties a queue; `join` says when everything is done."""

import asyncio


async def worker(name, queue, results):
    while True:
        number = await queue.get()
        try:
            await asyncio.sleep(0.01 * number)
            results.append((name, number * number))
        finally:
            queue.task_done()


async def main():
    queue = asyncio.Queue()
    results = []
    workers = [asyncio.create_task(worker(f"w{index}", queue, results)) for index in range(3)]
    for number in range(12):
        queue.put_nowait(number)
    await queue.join()
    for task in workers:
        task.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    print(sorted(square for _, square in results))


asyncio.run(main())
