import asyncio
async def worker(q):
    while True:
        item = await q.get()
        await asyncio.sleep(0.1)
        print(item)
        q.task_done()
async def main():
    q = asyncio.Queue()
    workers = [asyncio.create_task(worker(q)) for _ in range(3)]
    for n in range(9):
        await q.put(n)  # info: await-never-suspends
    await q.join()
    for w in workers:
        w.cancel()  # info: cancel-not-awaited
asyncio.run(main())
