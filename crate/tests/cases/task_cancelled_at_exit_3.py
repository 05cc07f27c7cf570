import asyncio


async def job(n):
    await asyncio.sleep(n)
    print("job", n)


async def main():
    tasks = [asyncio.create_task(job(n)) for n in range(1, 4)]  # warning: task-cancelled-at-exit at `asyncio.create_task(job(n))`
    await tasks[0]


asyncio.run(main())
