import asyncio
lock = asyncio.Lock()
async def w():
    async with lock:  # error: cross-loop-object
        await asyncio.sleep(0.1)
async def main():
    await asyncio.gather(w(), w())
asyncio.run(main())
asyncio.run(main())
