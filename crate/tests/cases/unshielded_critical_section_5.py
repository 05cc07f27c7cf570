import asyncio

# The two have nothing to do with each other: a log, a count that only grows, and a loop that comes round again.
class Worker:
    def __init__(self):
        self.log = []
        self.started = self.seconds = 0

    async def work(self, job, seconds):
        self.log.append((job, "begun"))
        self.started += 1
        await asyncio.sleep(seconds)
        self.log.append((job, "done"))
        self.seconds += seconds

    async def serve(self):
        while True:
            self.started += 1
            await asyncio.sleep(0.1)
            self.seconds += 1

async def main():
    worker = Worker()
    tasks = [asyncio.create_task(worker.work("a", 1)), asyncio.create_task(worker.serve())]
    await asyncio.sleep(0.5)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    print(worker.log, worker.started)

asyncio.run(main())
