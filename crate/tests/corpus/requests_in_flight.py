"""Those who ask for the same wait for the same task."""

import asyncio


class Dedup:
    def __init__(self):
        self.inflight = {}

    async def get(self, key):
        task = self.inflight.get(key)
        if task is None:
            task = self.inflight[key] = asyncio.create_task(self._load(key))
            task.add_done_callback(lambda _: self.inflight.pop(key))
        return await task

    async def _load(self, key):
        await asyncio.sleep(0.05)
        print("load", key)
        return key * 2


async def main():
    d = Dedup()
    print(await asyncio.gather(d.get("a"), d.get("a"), d.get("b")))
    print(await d.get("a"))


asyncio.run(main())
