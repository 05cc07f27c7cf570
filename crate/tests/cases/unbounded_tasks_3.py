import asyncio
async def handle(n):
    await asyncio.sleep(60)
async def main():
    tasks = []
    while len(tasks) < 1000:
        tasks.append(asyncio.create_task(handle(len(tasks))))  # warning: unbounded-tasks
        await asyncio.sleep(0.01)
    await asyncio.wait(tasks)
asyncio.run(main())
