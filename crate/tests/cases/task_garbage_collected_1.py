import asyncio
async def wait_forever():
    await asyncio.get_running_loop().create_future()
async def main():
    asyncio.create_task(wait_forever())  # warning: dangling-task  # error: task-garbage-collected
    await asyncio.sleep(1)
asyncio.run(main())
