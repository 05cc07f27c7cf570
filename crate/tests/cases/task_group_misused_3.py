import asyncio


async def late(tg):
    await asyncio.sleep(0.2)
    tg.create_task(asyncio.sleep(1))  # error: task-group-misused at `tg.create_task(asyncio.sleep(1))`


async def main():
    tasks = []
    async with asyncio.TaskGroup() as tg:
        tasks.append(asyncio.create_task(late(tg)))
    await tasks[0]


asyncio.run(main())
