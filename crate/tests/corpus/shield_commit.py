"""A commit is shielded: the caller may be cancelled, the commit is completed and awaited."""

import asyncio


class Store:
    def __init__(self):
        self.rows = []
        self.commits = set()

    async def write(self, row):
        await asyncio.sleep(0.1)
        self.rows.append(row)
        await asyncio.sleep(0.1)
        self.rows.append(-row)

    async def commit(self, row):
        task = asyncio.create_task(self.write(row))
        self.commits.add(task)
        task.add_done_callback(self.commits.discard)
        await asyncio.shield(task)

    async def close(self):
        if self.commits:
            await asyncio.wait(self.commits)


async def main():
    store = Store()
    request = asyncio.create_task(store.commit(25))
    await asyncio.sleep(0.15)
    request.cancel()
    try:
        await request
    except asyncio.CancelledError:
        print("the client hung up")
    await store.close()
    print(store.rows)


asyncio.run(main())
