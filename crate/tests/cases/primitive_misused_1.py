import asyncio
async def main():
    lock = asyncio.Lock()
    async with lock:  # error: primitive-misused
        lock.release()
    print("x")
asyncio.run(main())
