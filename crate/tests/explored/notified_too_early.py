"""The consumer is there before the producer, usually."""

import asyncio


async def consumer(changed):
    await asyncio.sleep(0.1)
    async with changed:
        await changed.wait()  # error: assumed-order
    print("told")


async def producer(changed):
    await asyncio.sleep(0.3)
    async with changed:
        changed.notify_all()


async def main():
    changed = asyncio.Condition()
    await asyncio.gather(consumer(changed), producer(changed))


asyncio.run(main())
