import asyncio
async def main():
    sem = asyncio.BoundedSemaphore(1)
    sem.release()  # error: primitive-misused
asyncio.run(main())
