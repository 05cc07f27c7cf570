import asyncio
async def job(n):
    await asyncio.sleep(n)
    print("done", n)
async def main():
    tasks = [asyncio.create_task(job(n)) for n in (1, 5)]  # warning: task-cancelled-at-exit
    await asyncio.sleep(2)
asyncio.run(main())
