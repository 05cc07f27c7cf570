import asyncio
async def f():
    await asyncio.sleep(0.1)
async def main():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(f())
    tg.create_task(f())  # error: task-group-misused
asyncio.run(main())
