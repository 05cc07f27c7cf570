import asyncio, time, urllib.request
async def tick():
    for _ in range(3):
        await asyncio.sleep(0.1)
async def main():
    t = asyncio.create_task(tick())
    await asyncio.sleep(0)
    time.sleep(1)  # warning: blocking-call
    await t
asyncio.run(main())
