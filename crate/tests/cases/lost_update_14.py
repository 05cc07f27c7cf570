import asyncio

class Votes:
    def __init__(self):
        self.counts = {}

    async def vote(self, name):
        count = self.counts.setdefault(name, 0)
        await asyncio.sleep(0.01)
        self.counts[name] = count + 1  # error: lost-update

async def main():
    votes = Votes()
    async with asyncio.TaskGroup() as group:
        for _ in range(3):
            group.create_task(votes.vote("ann"))
    print(votes.counts)

asyncio.run(main())
