import asyncio
async def w():
    while True:
        try:
            await asyncio.sleep(1)
        except:  # error: cancellation-swallowed
            print("error, retry")
async def main():
    t = asyncio.create_task(w())
    await asyncio.sleep(0.5)
    t.cancel()
    await asyncio.wait([t], timeout=5)
asyncio.run(main())
