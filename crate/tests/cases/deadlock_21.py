"""A notification that nobody waited for yet is named as what was missed."""

import asyncio

ready = asyncio.Condition()


async def wait():
    await asyncio.sleep(0.2)
    async with ready:
        await ready.wait()  # error: deadlock


async def notify():
    await asyncio.sleep(0.1)
    async with ready:
        print("ready")
        ready.notify_all()  # related: deadlock # says: before anything waited for it


async def main():
    await asyncio.gather(wait(), notify())


asyncio.run(main())
