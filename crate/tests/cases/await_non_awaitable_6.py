"""A class of the program that has the name of one of the library's is not entered."""

import asyncio


class Lock:
    pass


async def main():
    await Lock()  # error: await-non-awaitable # says: only coroutines, tasks and futures can be awaited


asyncio.run(main())
