"""A group that was entered before, and where."""

import asyncio


async def main():
    group = asyncio.TaskGroup()
    async with group:  # related: task-group-misused
        group.create_task(asyncio.sleep(0.1))
    async with group:  # error: task-group-misused
        group.create_task(asyncio.sleep(0.1))


asyncio.run(main())
