"""A helper that starts tasks hands them on: its caller did not wait for this one."""

import asyncio


def spawn(coroutine):
    return asyncio.create_task(coroutine)  # related: task-cancelled-at-exit


async def upload():
    await asyncio.sleep(5)
    print("uploaded")


async def main():
    upload_task = spawn(upload())  # warning: task-cancelled-at-exit at `spawn(upload())`
    await asyncio.sleep(1)
    print(upload_task.done())


asyncio.run(main())
