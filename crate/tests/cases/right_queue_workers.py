import asyncio
async def worker(q):
    while True:
        item = await q.get()
        try:
            await asyncio.sleep(0.1)
            print(item)
        finally:
            q.task_done()
async def main():
    q = asyncio.Queue()
    workers = [asyncio.create_task(worker(q)) for _ in range(3)]
    for n in range(9):
        q.put_nowait(n)
    await q.join()
    for w in workers:
        w.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
asyncio.run(main())
