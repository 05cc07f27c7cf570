"""A server of jobs that is told to stop, finishes what it has in hand, and refuses the rest."""

import asyncio


class Server:
    def __init__(self):
        self.jobs = asyncio.Queue()
        self.stopping = asyncio.Event()
        self.finished = []

    async def run(self):
        while not self.stopping.is_set():
            getting = asyncio.create_task(self.jobs.get())
            stopping = asyncio.create_task(self.stopping.wait())
            done, pending = await asyncio.wait({getting, stopping}, return_when=asyncio.FIRST_COMPLETED)
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)
            if getting in done:
                await self.work(getting.result())

    async def work(self, job):
        await asyncio.sleep(0.2)
        self.finished.append(job)

    def stop(self):
        self.stopping.set()


async def main():
    server = Server()
    running = asyncio.create_task(server.run())
    for job in range(5):
        server.jobs.put_nowait(job)
    asyncio.get_running_loop().call_later(0.5, server.stop)
    await running
    print("finished", server.finished, "left", server.jobs.qsize())


asyncio.run(main())
