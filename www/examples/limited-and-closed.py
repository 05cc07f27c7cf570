import asyncio


class Crew:
    """Limits how many jobs run, keeps them, hears of their failures, and ends them when it is closed."""

    def __init__(self, limit):
        self._seats = asyncio.Semaphore(limit)
        self._jobs = set()

    async def spawn(self, job):
        await self._seats.acquire()
        task = asyncio.create_task(job)
        self._jobs.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task):
        self._jobs.discard(task)
        self._seats.release()
        if not task.cancelled() and task.exception() is not None:
            print("failed:", task.exception())

    async def close(self):
        left = list(self._jobs)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        return len(left)


async def job(seconds):
    await asyncio.sleep(seconds)
    if seconds == 2:
        raise RuntimeError("job 20")


async def main():
    crew = Crew(100)
    for number in range(60):
        await crew.spawn(job(number / 10))
    await asyncio.sleep(4.05)
    # Not all of them have ended by now.
    print("ended early:", await crew.close())


asyncio.run(main())

# prints: failed: job 20
# prints: ended early: 19
# outcome: completed
