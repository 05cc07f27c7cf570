import asyncio
ticks = []
tasks = set()
async def tick(n):
    ticks.append(n)
    await asyncio.sleep(0.01)
    if n < 200:
        task = asyncio.create_task(tick(n + 1))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
async def main():
    await tick(0)
    while tasks:
        await asyncio.gather(*tasks)
    print(len(ticks))
asyncio.run(main())
