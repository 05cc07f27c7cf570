"""A class is entered by nothing; what it makes is."""

import asyncio


async def main():
    async with asyncio.TaskGroup as group:  # error: wrong-async-protocol # says: the parentheses of the call are missing
        group.create_task(asyncio.sleep(0))


asyncio.run(main())
