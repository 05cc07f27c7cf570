import asyncio
from contextlib import ExitStack

class Pool:
    def __init__(self):
        self.busy = 0

    async def work(self, seconds):
        with ExitStack() as stack:
            self.busy += 1
            stack.callback(lambda: setattr(self, "busy", self.busy - 1))
            await asyncio.sleep(seconds)

    async def rest(self, seconds):
        with ExitStack() as stack:
            self.busy += 1
            cleanup = stack.callback(self.leave)
            await asyncio.sleep(seconds)
            stack.pop_all()
            self.busy -= 1

    def leave(self):
        self.busy -= 1

async def main():
    pool = Pool()
    for job in (pool.work, pool.rest):
        try:
            await asyncio.wait_for(job(5), 0.1)
        except TimeoutError:
            print("busy:", pool.busy)

asyncio.run(main())
