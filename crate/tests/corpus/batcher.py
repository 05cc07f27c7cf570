"""Requests that arrive within a moment are answered by one call for all of them."""

import asyncio


class Batcher:
    def __init__(self, fetch_many, pause=0.01):
        self.fetch_many = fetch_many
        self.pause = pause
        self.waiting = {}
        self.flushing = set()

    async def get(self, key):
        loop = asyncio.get_running_loop()
        if not self.waiting:
            task = loop.create_task(self.flush())
            self.flushing.add(task)
            task.add_done_callback(self.flushing.discard)
        return await self.waiting.setdefault(key, loop.create_future())

    async def flush(self):
        await asyncio.sleep(self.pause)
        batch, self.waiting = self.waiting, {}
        try:
            results = await self.fetch_many(list(batch))
        except Exception as problem:
            for future in batch.values():
                future.set_exception(problem)
        else:
            for key, future in batch.items():
                future.set_result(results[key])


async def fetch_many(keys):
    print("one query for", sorted(keys))
    await asyncio.sleep(0.1)
    return {key: key.upper() for key in keys}


async def main():
    batcher = Batcher(fetch_many)
    print(await asyncio.gather(*(batcher.get(key) for key in ("a", "b", "a", "c"))))
    print(await batcher.get("d"))


asyncio.run(main())
