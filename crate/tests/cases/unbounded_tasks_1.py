import asyncio
async def handle(n):
    await asyncio.sleep(5)
async def main():
    tasks = set()
    for n in range(2000):
        tasks.add(asyncio.create_task(handle(n)))  # warning: unbounded-tasks
        await asyncio.sleep(0.001)
    await asyncio.gather(*tasks)
asyncio.run(main())
