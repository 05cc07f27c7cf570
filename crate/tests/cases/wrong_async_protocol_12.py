"""A future has to be awaited before anything goes through its result."""

import asyncio


async def one():
    return 1


async def main():
    async for number in asyncio.gather(one(), one()):  # error: wrong-async-protocol # says: `await` is missing
        print(number)


asyncio.run(main())
