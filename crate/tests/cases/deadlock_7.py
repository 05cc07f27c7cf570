import asyncio
async def main():
    sem = asyncio.Semaphore(1)
    await sem.acquire()
    await sem.acquire()  # error: deadlock
asyncio.run(main())
