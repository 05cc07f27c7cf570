import asyncio
async def notify():
    print("notified")
async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.1, notify)  # error: coroutine-in-sync-callback
    await asyncio.sleep(1)
asyncio.run(main())
