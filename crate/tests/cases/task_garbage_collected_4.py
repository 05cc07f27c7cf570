"""What only a collected task awaited goes with it, through many hands: one mistake."""

import asyncio


async def reply():
    await asyncio.get_running_loop().create_future()  # related: task-garbage-collected


async def request():
    async with asyncio.TaskGroup() as group:
        group.create_task(reply())
        group.create_task(reply())


async def session():
    task = asyncio.create_task(request())
    await task  # related: task-garbage-collected


async def main():
    asyncio.create_task(session())  # warning: dangling-task  # error: task-garbage-collected
    await asyncio.sleep(1)


asyncio.run(main())
