import asyncio

class Shutdown(asyncio.CancelledError):
    """Told to those who wait, and caught by them."""

async def worker(stop):
    while True:
        if stop.is_set():
            raise Shutdown("bye")
        await asyncio.sleep(0.01)

async def guarded(stop):
    try:
        await worker(stop)
    except Shutdown as error:
        print("stopped:", error)

async def main():
    stop = asyncio.Event()
    task = asyncio.create_task(guarded(stop))
    await asyncio.sleep(0.05)
    stop.set()
    await task

asyncio.run(main())
