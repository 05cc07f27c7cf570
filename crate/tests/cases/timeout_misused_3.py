"""A time limit that was entered before, and where."""

import asyncio


async def main():
    limit = asyncio.timeout(1)
    async with limit:  # related: timeout-misused
        await asyncio.sleep(0.1)
    async with limit:  # error: timeout-misused
        await asyncio.sleep(0.1)


asyncio.run(main())
