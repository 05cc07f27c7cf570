"""The tasks have ended by the time they are joined, in another method than the one that cancelled them."""

import asyncio


async def worker(n):
    await asyncio.sleep(n)


class Pool:
    def __init__(self):
        self.workers = []

    async def start(self):
        self.workers = [asyncio.create_task(worker(n)) for n in (10, 20)]
        await asyncio.sleep(0.1)

    def stop(self):
        for task in self.workers:
            task.cancel()

    async def wait_closed(self):
        await asyncio.sleep(0.1)
        await asyncio.gather(*self.workers, return_exceptions=True)


async def main():
    pool = Pool()
    await pool.start()
    pool.stop()
    await pool.wait_closed()


asyncio.run(main())
