"""A task that never waits comes to its end without anybody holding it: by luck."""

import asyncio


async def log(text):
    print(text)


async def rest():
    await asyncio.sleep(0)


async def main():
    asyncio.create_task(log("thrown away"))  # info: dangling-task
    asyncio.create_task(rest())  # info: dangling-task
    kept = asyncio.create_task(log("kept"))
    await asyncio.sleep(0.1)
    await kept


asyncio.run(main())
