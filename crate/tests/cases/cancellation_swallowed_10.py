"""The first handler keeps the request; what the task awaits in it is its child's end."""

import asyncio


async def child():
    await asyncio.sleep(100)


async def parent():
    task = asyncio.create_task(child())
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:  # warning: cancellation-swallowed at `except asyncio.CancelledError`
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            print("the child has ended")


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0.1)
    task.cancel()
    await task


asyncio.run(main())
