import asyncio
async def w():
    await asyncio.sleep(10)
async def main():
    t = asyncio.create_task(w())
    await asyncio.sleep(0.5)
    t.cancel()  # info: cancel-not-awaited
    print("went on")
asyncio.run(main())
