import asyncio

async def main():
    limit = asyncio.Semaphore(10)
    running = set()

    async def job(n):
        try:
            await asyncio.sleep(0.01)
        finally:
            limit.release()

    for n in range(500):
        await limit.acquire()
        task = asyncio.create_task(job(n))
        running.add(task)
        task.add_done_callback(running.discard)
    await asyncio.gather(*running)
    print("done")

asyncio.run(main())
