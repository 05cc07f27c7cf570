"""Nothing awaits in the block because an `await` was forgotten there."""

import asyncio


async def main():
    async with asyncio.timeout(1):
        rest = asyncio.sleep(5)  # error: coroutine-never-awaited
    print(type(rest))


asyncio.run(main())
