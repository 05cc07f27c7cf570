"""The two updates do not meet, as long as the second comes late."""

import asyncio

total = 0


async def count(delay):
    global total
    await asyncio.sleep(delay)
    seen = total
    await asyncio.sleep(0.08)
    total = seen + 1  # error: lost-update


async def main():
    await asyncio.gather(count(0.1), count(0.2))
    print(total)


asyncio.run(main())
