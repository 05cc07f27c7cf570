import asyncio
async def main():
    lock = asyncio.Lock()
    async with lock:
        async with lock:  # error: deadlock
            print("never")
asyncio.run(main())
