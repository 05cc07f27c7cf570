"""Nobody waits at the queue at that moment, so nothing is woken: it is the loop's all the same."""

import asyncio
import threading
import time


async def main():
    queue = asyncio.Queue()

    def producer():
        for number in range(3):
            queue.put_nowait(number)  # error: not-thread-safe-call at `queue.put_nowait(number)`
            time.sleep(0.1)

    thread = threading.Thread(target=producer)
    thread.start()
    await asyncio.sleep(0.5)
    while not queue.empty():
        print(queue.get_nowait())
    thread.join()


asyncio.run(main())
