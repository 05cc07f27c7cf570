"""That another task is joined says nothing of these; nor does a method that nobody calls."""

import asyncio


async def worker(n):
    await asyncio.sleep(n)


class Pool:
    async def start(self):
        self.workers = [asyncio.create_task(worker(n)) for n in (10, 20)]
        await asyncio.sleep(0.1)

    def stop(self):
        for task in self.workers:
            task.cancel()  # info: cancel-not-awaited

    async def wait_closed(self):
        await asyncio.gather(*self.workers, return_exceptions=True)


async def main():
    pool = Pool()
    await pool.start()
    pool.stop()
    await asyncio.sleep(0.1)
    joined = asyncio.create_task(worker(10))
    left = asyncio.create_task(worker(10))
    also_left = asyncio.create_task(worker(10))
    await asyncio.sleep(0.1)
    joined.cancel()
    left.cancel()  # info: cancel-not-awaited
    also_left.cancel()  # info: cancel-not-awaited
    await asyncio.sleep(0.1)
    await asyncio.wait([joined])


asyncio.run(main())
