import asyncio, threading
lock = threading.Lock()
async def a():
    with lock:
        await asyncio.sleep(0.5)
async def b():
    await asyncio.sleep(0.1)
    lock.acquire(timeout=2)  # warning: blocking-call
    print("b")
async def main():
    await asyncio.gather(a(), b())
asyncio.run(main())
