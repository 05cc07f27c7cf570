"""Before Python 3.9 a lock was awaited in a plain `with`."""

import asyncio


async def main():
    lock = asyncio.Lock()
    with (await lock):  # error: await-non-awaitable at `await lock` # says: it is entered by `async with`
        print("held")


asyncio.run(main())
