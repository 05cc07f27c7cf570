"""One task may catch its cancellations in several places."""

import asyncio


async def fetch():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:  # warning: cancellation-swallowed
        return "default"


async def store():
    try:
        await asyncio.sleep(10)
    except BaseException:  # warning: cancellation-swallowed
        return "kept"


async def worker():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:  # warning: cancellation-swallowed
        print("first")
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:  # warning: cancellation-swallowed
        print("second")


async def main():
    async with asyncio.timeout(1):
        print(await fetch())
    print(await asyncio.wait_for(store(), 1))
    task = asyncio.create_task(worker())
    await asyncio.sleep(0.5)
    task.cancel()
    await asyncio.sleep(0.5)
    task.cancel()
    await asyncio.wait([task])


asyncio.run(main())
