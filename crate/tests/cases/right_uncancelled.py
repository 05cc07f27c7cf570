import asyncio
async def work():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        asyncio.current_task().uncancel()
        print("turned down")
    await asyncio.sleep(0.1)
    return 1
async def main():
    t = asyncio.create_task(work())
    await asyncio.sleep(0.1)
    t.cancel()
    print(await t)
asyncio.run(main())
