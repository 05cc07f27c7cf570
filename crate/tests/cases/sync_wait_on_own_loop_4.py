import asyncio
import threading

# The first has given it back before it waits; the second is who holds it.
lock = threading.Lock()

async def early():
    lock.acquire()
    print("early")
    lock.release()
    await asyncio.sleep(1)

async def keeper():
    if lock.acquire():
        await asyncio.sleep(0.1)  # related: sync-wait-on-own-loop
        lock.release()

async def last():
    await asyncio.sleep(0.05)
    lock.acquire()  # error: sync-wait-on-own-loop

async def main():
    await asyncio.gather(early(), keeper(), last())

asyncio.run(main())
