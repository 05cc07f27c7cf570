"""A loop that waits for what has ended already goes round without a turn for anybody else, who would say so."""

import asyncio


class Jobs:
    def __init__(self):
        self.running = set()

    def start(self, work):
        task = asyncio.create_task(work)
        self.running.add(task)
        task.add_done_callback(self.running.discard)

    async def drain(self):
        while self.running:
            await asyncio.gather(*self.running)  # error: task-never-yields at `asyncio.gather(*self.running)`


async def work():
    pass


async def main():
    jobs = Jobs()
    jobs.start(work())
    await asyncio.sleep(0)
    await jobs.drain()


asyncio.run(main())
