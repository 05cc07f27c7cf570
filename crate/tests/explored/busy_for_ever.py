"""A pool counts who is at work, within time limits that are never reached here."""

import asyncio


class Pool:
    def __init__(self):
        self.busy = 0

    async def work(self, seconds):
        self.busy += 1
        await asyncio.sleep(seconds)  # error: unshielded-critical-section
        self.busy -= 1


async def main():
    pool = Pool()
    async with asyncio.TaskGroup() as group:
        group.create_task(pool.work(0.1))
        group.create_task(asyncio.wait_for(pool.work(0.2), 10))
    print(pool.busy)


asyncio.run(main())
