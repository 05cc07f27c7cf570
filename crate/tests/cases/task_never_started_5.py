"""A helper that starts tasks hands them on: its caller cancelled this one at once."""

import asyncio


def spawn(coroutine):
    return asyncio.create_task(coroutine)  # related: task-never-started


async def job():
    print("job")


async def main():
    task = spawn(job())  # warning: task-never-started at `spawn(job())`
    task.cancel()  # related: task-never-started
    await asyncio.sleep(0)


asyncio.run(main())
