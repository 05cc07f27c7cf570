"""A stack of context managers: the handler is named where there is one."""

import asyncio
import contextlib


@contextlib.contextmanager
def quiet():
    try:
        yield
    except asyncio.CancelledError:  # warning: cancellation-swallowed at `except asyncio.CancelledError`
        print("never mind")


async def work():
    async with contextlib.AsyncExitStack() as stack:
        stack.enter_context(quiet())
        await asyncio.sleep(9)


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    await task


asyncio.run(main())
