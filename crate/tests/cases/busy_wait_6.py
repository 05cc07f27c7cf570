"""The pause is in a function of its own; another such function does something at each turn."""

import asyncio


async def nap():
    """Lets the others go first."""
    await asyncio.sleep(0)


async def step(done):
    done.append(sum(range(100)))
    await asyncio.sleep(0)


async def main():
    task = asyncio.create_task(asyncio.sleep(0.02))
    while not task.done():
        await nap()  # warning: busy-wait
    other = asyncio.create_task(asyncio.sleep(0.02))
    done = []
    while not other.done():
        await step(done)


asyncio.run(main())
