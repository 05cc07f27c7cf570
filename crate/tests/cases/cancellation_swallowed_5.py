import asyncio
async def worker():
    try:
        await asyncio.sleep(10)
    finally:
        return "done"  # warning: cancellation-swallowed
async def main():
    t = asyncio.create_task(worker())
    await asyncio.sleep(1)
    t.cancel()
    print(await t)
asyncio.run(main())
