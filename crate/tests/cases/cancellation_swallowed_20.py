"""A manager by a name of the module, within a handler that lets everything out."""

import asyncio
import contextlib


quiet = contextlib.suppress(ValueError, asyncio.CancelledError)


async def work():
    try:
        with quiet:  # warning: cancellation-swallowed at `quiet`
            await asyncio.sleep(9)
    except asyncio.CancelledError:
        raise


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    await task


asyncio.run(main())
