import asyncio
lock = asyncio.Lock()
async def main():
    with lock:  # error: wrong-async-protocol
        print(1)
asyncio.run(main())
