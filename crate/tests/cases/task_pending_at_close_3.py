import asyncio


async def job():
    await asyncio.sleep(100)


loop = asyncio.new_event_loop()  # warning: resource-not-closed
# Nobody closes the loop: it goes with the garbage.
task = loop.create_task(job())  # error: task-pending-at-close  # says: The loop never ran again while task `job`
loop.run_until_complete(asyncio.sleep(1))
del task
