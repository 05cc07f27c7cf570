"""Threads reach into a running loop: results of coroutines, items for a queue, an event that is set."""

import asyncio
import threading
import time


async def double(number):
    await asyncio.sleep(0.2)
    return 2 * number


async def main():
    loop = asyncio.get_running_loop()
    queue = asyncio.Queue()

    def ask():
        return asyncio.run_coroutine_threadsafe(double(21), loop).result()

    def produce():
        for item in range(3):
            time.sleep(0.1)
            loop.call_soon_threadsafe(queue.put_nowait, item)

    print(await asyncio.to_thread(ask))  # prints: 42
    start = loop.time()
    threading.Thread(target=produce).start()
    for _ in range(3):
        print(await queue.get(), f"{loop.time() - start:.1f}")
    # prints: 0 0.1
    # prints: 1 0.2
    # prints: 2 0.3
    event = asyncio.Event()
    threading.Timer(0.5, lambda: loop.call_soon_threadsafe(event.set)).start()
    await event.wait()
    print(f"{loop.time() - start:.1f}")  # prints: 0.8


asyncio.run(main())
