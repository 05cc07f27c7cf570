"""asyncio's own Python classes: only the loop's words tell of them."""

import asyncio


async def fails():
    raise ValueError("y")  # error: exception-never-retrieved


async def main():
    task = asyncio.tasks._PyTask(fails())
    await asyncio.sleep(0.1)
    del task
    await asyncio.sleep(0.1)


asyncio.run(main())
