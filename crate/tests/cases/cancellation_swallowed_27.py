"""A task that keeps its cancellation to itself is not cleaning up: nobody is asked to wait for it."""

import asyncio


async def step():
    while True:
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:  # error: cancellation-swallowed
            print("ignored")


async def main():
    stepping = asyncio.create_task(step())
    await asyncio.sleep(0.1)
    stepping.cancel()
    await asyncio.sleep(3)
    print(stepping.done())


asyncio.run(main())
