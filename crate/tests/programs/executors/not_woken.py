"""A loop is not woken by `call_soon` from another thread: the callback waits for the loop's next timer."""

import asyncio
import threading


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()

    def call(method, text):
        method(lambda: print(text, round(loop.time() - start, 1)))

    threading.Timer(0.1, call, (loop.call_soon_threadsafe, "woken")).start()
    await asyncio.sleep(1)
    threading.Timer(0.1, call, (loop.call_soon, "not woken")).start()
    await asyncio.sleep(1)
    # prints: woken 0.1
    # prints: not woken 2.0


asyncio.run(main())
