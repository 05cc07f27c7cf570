"""A second request for the parent reaches the child as its second too, and cuts both clean-ups short."""

import asyncio


async def child():
    try:
        await asyncio.sleep(100)
    finally:
        await asyncio.sleep(1)  # warning: await-in-cleanup at `await asyncio.sleep(1)`


async def parent():
    task = asyncio.create_task(child())
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        task.cancel()
        await task  # warning: await-in-cleanup at `await task`
        raise


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


asyncio.run(main())
