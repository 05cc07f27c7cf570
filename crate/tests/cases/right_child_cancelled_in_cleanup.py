"""The task was cancelled once. That the child which it cancels then ends is no second cancellation of the task."""

import asyncio


async def child():
    await asyncio.sleep(100)


async def parent():
    task = asyncio.create_task(child())
    try:
        await asyncio.shield(task)
    finally:
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            print("the child has ended")


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


asyncio.run(main())
