import asyncio
async def work():
    print("work")
async def main():
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, work)  # error: coroutine-in-sync-callback
asyncio.run(main())
