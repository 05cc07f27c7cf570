"""A context manager of the workspace keeps the cancellation to itself."""

import asyncio
import contextlib


@contextlib.contextmanager
def quiet():
    try:
        yield
    except BaseException:  # warning: cancellation-swallowed at `except BaseException`
        print("never mind")


async def work():
    with quiet():
        await asyncio.sleep(9)
    await asyncio.sleep(0.01)


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    await task


asyncio.run(main())
