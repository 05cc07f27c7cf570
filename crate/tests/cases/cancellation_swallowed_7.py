import asyncio

async def worker(queue):
    while True:
        try:
            job = await queue.get()
            print(job)
        except asyncio.CancelledError:  # error: cancellation-swallowed
            print("ignored")
            continue

async def main():
    queue = asyncio.Queue()
    task = asyncio.create_task(worker(queue))
    await queue.put(1)
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.wait([task], timeout=1)

asyncio.run(main())
