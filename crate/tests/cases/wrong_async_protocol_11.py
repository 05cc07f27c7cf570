"""The parentheses of the call are missing: a plain `for` would not go through a function either."""

import asyncio


async def rows():
    yield 1


async def main():
    async for row in rows:  # error: wrong-async-protocol # says: the parentheses of the call are missing
        print(row)


asyncio.run(main())
