import asyncio
async def worker():
    try:
        await asyncio.sleep(1)
    except BaseException:  # warning: cancellation-swallowed
        print("going on")
async def main():
    task = asyncio.create_task(worker())
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.sleep(0.1)
    await task
asyncio.run(main())
