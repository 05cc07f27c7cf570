"""A group's end lets it out to an `except*`, which keeps it."""

import asyncio


async def work():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(asyncio.sleep(9))
    except* asyncio.CancelledError:  # warning: cancellation-swallowed at `except* asyncio.CancelledError`
        print("kept")


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    await task


asyncio.run(main())
