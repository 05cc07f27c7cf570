"""The tasks have ended when they are asked for: by a name that the text does not connect with them, or by a callback."""

import asyncio


async def worker(n):
    await asyncio.sleep(n)


class Handle:
    def __init__(self, task):
        self.__dict__["of"] = task

    def stop(self):
        vars(self)["of"].cancel()

    def outcome(self):
        try:
            return getattr(self, "of").result()
        except asyncio.CancelledError:
            return "cancelled"


async def main():
    handle = Handle(asyncio.create_task(worker(10)))
    told = asyncio.create_task(worker(10))
    await asyncio.sleep(0.1)
    handle.stop()
    told.cancel()
    await asyncio.sleep(0.1)
    print(handle.outcome())
    told.add_done_callback(print)
    await asyncio.sleep(0)


asyncio.run(main())
