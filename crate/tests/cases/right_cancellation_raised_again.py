import asyncio
async def work():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("cleanup")
        raise
async def main():
    t = asyncio.create_task(work())
    await asyncio.sleep(0.1)
    t.cancel()
    results = await asyncio.gather(t, return_exceptions=True)
    print(results)
asyncio.run(main())
