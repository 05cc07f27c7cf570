"""Time limits of every kind, with what was caught of each."""

import asyncio


async def slow(seconds):
    await asyncio.sleep(seconds)
    return seconds


async def main():
    try:
        async with asyncio.timeout(0.1):
            await slow(1)
    except TimeoutError:
        print("timeout")
    try:
        await asyncio.wait_for(slow(1), 0.1)
    except TimeoutError:
        print("wait_for")
    loop = asyncio.get_running_loop()
    async with asyncio.timeout_at(loop.time() + 1) as limit:
        print(await slow(0.2))
        limit.reschedule(loop.time() + 0.5)
        print(await slow(0.3))
    async with asyncio.timeout(None) as limit:
        await slow(0.1)
        limit.reschedule(loop.time() + 1)
        await slow(0.1)
    print("in time:", not limit.expired())


asyncio.run(main())
