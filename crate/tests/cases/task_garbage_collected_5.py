"""A helper that starts tasks hands them on: its caller lost this one."""

import asyncio


def spawn(coroutine):
    return asyncio.create_task(coroutine)  # related: task-garbage-collected


async def start(coroutine):
    task = asyncio.create_task(coroutine)  # related: dangling-task
    return task


async def wait_forever():
    await asyncio.Event().wait()


async def main():
    spawn(wait_forever())  # warning: dangling-task  # error: task-garbage-collected at `spawn(wait_forever())`
    await start(wait_forever())  # warning: dangling-task at `await start`  # error: task-garbage-collected
    kept = await start(asyncio.sleep(0.1))
    await asyncio.sleep(1)
    await kept


asyncio.run(main())
