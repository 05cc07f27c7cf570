"""Jobs are started at their times, and their failures told of."""

import asyncio
import heapq
import itertools


class Scheduler:
    def __init__(self):
        self.heap = []
        self.counter = itertools.count()
        self.wakeup = asyncio.Event()
        self.running = set()

    def at(self, delay, function, *args):
        when = asyncio.get_running_loop().time() + delay
        heapq.heappush(self.heap, (when, next(self.counter), function, args))
        self.wakeup.set()

    async def run(self):
        loop = asyncio.get_running_loop()
        while True:
            self.wakeup.clear()
            now = loop.time()
            while self.heap and self.heap[0][0] <= now:
                _, _, function, args = heapq.heappop(self.heap)
                task = asyncio.create_task(function(*args))
                self.running.add(task)
                task.add_done_callback(self.finished)
            timeout = self.heap[0][0] - now if self.heap else None
            try:
                await asyncio.wait_for(self.wakeup.wait(), timeout)
            except TimeoutError:
                pass

    def finished(self, task):
        self.running.discard(task)
        if not task.cancelled() and task.exception():
            print("job failed:", task.exception())


async def job(name, fail=False):
    await asyncio.sleep(0.02)
    if fail:
        raise ValueError(name)
    print("job", name)


async def main():
    scheduler = Scheduler()
    runner = asyncio.create_task(scheduler.run())
    scheduler.at(0.3, job, "late")
    scheduler.at(0.1, job, "early")
    scheduler.at(0.2, job, "broken", True)
    await asyncio.sleep(0.5)
    runner.cancel()
    try:
        await runner
    except asyncio.CancelledError:
        print("stopped")


asyncio.run(main())
