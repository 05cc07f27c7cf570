import asyncio
import threading
import time


async def main():
    event = asyncio.Event()

    def worker():
        time.sleep(0.1)
        event.set()  # error: not-thread-safe-call at `event.set()`

    threading.Thread(target=worker).start()
    await asyncio.wait_for(event.wait(), 5)


asyncio.run(main())
