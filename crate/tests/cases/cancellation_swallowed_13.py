"""A class whose end of a block returns `True`."""

import asyncio


class Logged:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        print("left by", kind)
        return True  # warning: cancellation-swallowed at `return True`


async def work():
    with Logged():
        await asyncio.sleep(9)
    await asyncio.sleep(0.01)


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    await task


asyncio.run(main())
