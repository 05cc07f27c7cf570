import asyncio

class Job:
    def __init__(self):
        self.state = "idle"
        self.owner = None

    async def run(self, owner):
        self.state = "running"
        self.owner = owner
        await asyncio.sleep(1)  # error: unshielded-critical-section
        self.state = "idle"
        self.owner = None

async def main():
    job = Job()
    try:
        await asyncio.wait_for(job.run("ann"), 0.5)
    except TimeoutError:
        print(job.state, job.owner)

asyncio.run(main())
