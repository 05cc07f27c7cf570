import asyncio
async def worker(q):
    while True:
        item = await q.get()
        print(item)
async def main():
    q = asyncio.Queue()
    t = asyncio.create_task(worker(q))
    await q.put(1)
    await q.join()  # error: deadlock
    t.cancel()
asyncio.run(main())
