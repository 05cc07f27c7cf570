"""Each service waits for the events of those it needs."""

import asyncio


class Deps:
    """Starts services in the order in which they need each other."""

    def __init__(self):
        self.ready = {}

    def event(self, name):
        return self.ready.setdefault(name, asyncio.Event())

    async def start(self, name, *needs):
        await asyncio.gather(*(self.event(need).wait() for need in needs))
        await asyncio.sleep(0.02)
        print("started", name)
        self.event(name).set()


async def main():
    deps = Deps()
    async with asyncio.TaskGroup() as tg:
        tg.create_task(deps.start("web", "db", "cache"))
        tg.create_task(deps.start("db", "disk"))
        tg.create_task(deps.start("cache"))
        tg.create_task(deps.start("disk"))


asyncio.run(main())
