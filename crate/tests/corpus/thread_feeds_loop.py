"""A thread of its own reads a slow device and feeds the loop in the way that is safe from outside."""

import asyncio
import threading
import time


def read_device(loop, queue):
    for value in range(5):
        time.sleep(0.1)
        loop.call_soon_threadsafe(queue.put_nowait, value)
    loop.call_soon_threadsafe(queue.put_nowait, None)


async def main():
    queue = asyncio.Queue()
    reader = threading.Thread(target=read_device, args=(asyncio.get_running_loop(), queue))
    reader.start()
    total = 0
    while (value := await queue.get()) is not None:
        total += value
        print("read", value, "total", total)
    await asyncio.to_thread(reader.join)


asyncio.run(main())
