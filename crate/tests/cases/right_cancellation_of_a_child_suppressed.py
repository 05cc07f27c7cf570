import asyncio, contextlib
async def child():
    await asyncio.sleep(100)
async def main():
    t = asyncio.create_task(child())
    await asyncio.sleep(0.1)
    t.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await t
    print("went on")
asyncio.run(main())
