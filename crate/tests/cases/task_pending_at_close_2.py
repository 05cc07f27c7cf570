"""A helper that starts tasks hands them on: its caller closed the loop over this one."""

import asyncio


def spawn(loop, coroutine):
    return loop.create_task(coroutine)  # related: task-pending-at-close


async def job():
    await asyncio.sleep(1)


loop = asyncio.new_event_loop()
task = spawn(loop, job())  # error: task-pending-at-close at `spawn(loop, job())`
loop.run_until_complete(asyncio.sleep(0.1))
loop.close()
