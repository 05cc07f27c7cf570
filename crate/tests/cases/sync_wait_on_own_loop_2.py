import asyncio, threading
lock = threading.Lock()
async def a():
    with lock:  # error: sync-wait-on-own-loop
        await asyncio.sleep(0.5)
async def main():
    await asyncio.gather(a(), a())
asyncio.run(main())
