import asyncio, time
async def w():
    time.sleep(0.5)  # warning: blocking-call
async def main():
    await asyncio.gather(w(), w())
asyncio.run(main())
