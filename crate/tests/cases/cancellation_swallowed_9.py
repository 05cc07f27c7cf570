"""What leaves a `finally` takes the cancellation along."""

import asyncio


async def work():
    while True:
        try:
            await asyncio.sleep(9)
        finally:
            break  # warning: cancellation-swallowed
    await asyncio.sleep(0.01)


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    await task


asyncio.run(main())
