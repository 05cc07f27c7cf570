import asyncio
lock = asyncio.Lock()
async def w():
    async with lock:
        await asyncio.sleep(0.1)
        print("w")
asyncio.run(w())
asyncio.run(w())
