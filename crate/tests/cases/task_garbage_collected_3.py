import asyncio
async def child():
    await asyncio.Event().wait()  # related: task-garbage-collected
async def parent():
    await asyncio.gather(child(), child())
async def main():
    asyncio.create_task(parent())  # warning: dangling-task  # error: task-garbage-collected
    await asyncio.sleep(1)
asyncio.run(main())
