"""What is given to `_` has a reference for as long as that is a name of the function that runs."""

import asyncio


async def work():
    await asyncio.sleep(0.1)


async def start():
    _ = asyncio.create_task(work())  # warning: dangling-task at `asyncio.create_task(work())`


async def main():
    await asyncio.create_task(start())
    _ = asyncio.create_task(work())
    await asyncio.sleep(1)


asyncio.run(main())
