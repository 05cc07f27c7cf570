"""A thread may fill a queue that nobody shares yet, and a thread with a loop of its own has queues of its own."""

import asyncio
import queue
import threading


def load(count):
    jobs = asyncio.Queue()
    for number in range(count):
        jobs.put_nowait(number)
    return jobs


class Worker:
    def __init__(self):
        self.jobs = asyncio.Queue()
        self.results = queue.Queue()

    def run(self):
        self.jobs.put_nowait("first")
        asyncio.run(self.work())

    async def work(self):
        self.results.put(await self.jobs.get())


async def main():
    jobs = await asyncio.to_thread(load, 3)
    while not jobs.empty():
        print(jobs.get_nowait())
    worker = Worker()
    thread = threading.Thread(target=worker.run)
    thread.start()
    await asyncio.to_thread(thread.join)
    print(worker.results.get_nowait())
    loop = asyncio.get_running_loop()
    shared = asyncio.Queue()
    await asyncio.to_thread(loop.call_soon_threadsafe, shared.put_nowait, "safe")
    print(await shared.get())


asyncio.run(main())
