import asyncio

class Job:
    def __init__(self):
        self.stage = "new"

    async def run(self):
        self.stage = "loading"
        await asyncio.sleep(1)
        self.stage = "saving"
        await asyncio.sleep(1)
        self.stage = "done"

async def main():
    job = Job()
    try:
        await asyncio.wait_for(job.run(), 0.5)
    except TimeoutError:
        print(job.stage)

asyncio.run(main())
