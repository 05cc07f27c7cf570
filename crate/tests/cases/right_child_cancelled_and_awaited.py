import asyncio
async def child():
    await asyncio.sleep(100)
async def main():
    t = asyncio.create_task(child())
    await asyncio.sleep(0.1)
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        pass
    print("went on")
asyncio.run(main())
