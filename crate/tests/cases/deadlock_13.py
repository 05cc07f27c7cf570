"""Two tasks hold what the other waits for: the circle is told once."""

import asyncio


async def transfer(source, target):
    async with source:
        await asyncio.sleep(0.01)
        async with target:  # error: deadlock
            pass


async def main():
    a, b = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(transfer(a, b), transfer(b, a))


asyncio.run(main())
