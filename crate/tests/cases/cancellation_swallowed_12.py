"""An asynchronous one does so too; the task ends at once."""

import asyncio
from contextlib import asynccontextmanager


@asynccontextmanager
async def connection():
    print("open")
    try:
        yield "c"
    except asyncio.CancelledError:  # warning: cancellation-swallowed at `except asyncio.CancelledError`
        print("interrupted")
    finally:
        print("closed")


async def work():
    async with connection() as it:
        await asyncio.sleep(9)
        print(it)


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    await task


asyncio.run(main())
