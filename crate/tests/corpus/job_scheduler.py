"""Jobs at fixed times on a heap, run by one task that sleeps until the next is due."""

import asyncio
import heapq
import itertools


class Scheduler:
    def __init__(self):
        self.jobs = []
        self.changed = asyncio.Event()
        self.order = itertools.count()

    def at(self, when, function, *args):
        heapq.heappush(self.jobs, (when, next(self.order), function, args))
        self.changed.set()

    async def run(self):
        loop = asyncio.get_running_loop()
        while True:
            self.changed.clear()
            if not self.jobs:
                await self.changed.wait()
                continue
            delay = self.jobs[0][0] - loop.time()
            if delay > 0:
                try:
                    await asyncio.wait_for(self.changed.wait(), delay)
                except TimeoutError:
                    pass
                continue
            _, _, function, args = heapq.heappop(self.jobs)
            await function(*args)


async def report(text):
    await asyncio.sleep(0)
    print(text)


async def main():
    scheduler = Scheduler()
    running = asyncio.create_task(scheduler.run())
    start = asyncio.get_running_loop().time()
    scheduler.at(start + 0.3, report, "third")
    scheduler.at(start + 0.1, report, "first")
    await asyncio.sleep(0.05)
    scheduler.at(start + 0.2, report, "second")
    await asyncio.sleep(1)
    running.cancel()
    try:
        await running
    except asyncio.CancelledError:
        print("stopped")


asyncio.run(main())
