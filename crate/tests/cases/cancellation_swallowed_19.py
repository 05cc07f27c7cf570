"""Where there is none, the block is."""

import asyncio
import contextlib


async def work():
    with contextlib.ExitStack() as stack:  # warning: cancellation-swallowed at `contextlib.ExitStack()`
        stack.push(lambda kind, error, traceback: True)
        await asyncio.sleep(9)


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    await task


asyncio.run(main())
