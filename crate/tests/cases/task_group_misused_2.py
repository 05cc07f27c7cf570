import asyncio
async def main():
    tg = asyncio.TaskGroup()
    tg.create_task(asyncio.sleep(1))  # error: task-group-misused
asyncio.run(main())
