import asyncio
async def worker(q, results):
    while True:
        results.append(await q.get())  # error: deadlock
async def main():
    q = asyncio.Queue()
    q.put_nowait(1)
    results = []
    async with asyncio.TaskGroup() as tg:
        tg.create_task(worker(q, results))
    print(results)
asyncio.run(main())
