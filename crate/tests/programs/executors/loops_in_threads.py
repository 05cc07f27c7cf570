"""`asyncio.run` in several threads at once: each has a loop of its own, and they run side by side."""

import asyncio
import threading
import time


async def work(name):
    for step in range(2):
        await asyncio.sleep(0.1)
        print(name, step, threading.current_thread().name)
    return asyncio.get_running_loop()


loops = []


def run(name):
    loops.append(asyncio.run(work(name)))


threads = [
    threading.Thread(target=asyncio.run, args=(work("direct"),), name="one"),
    threading.Thread(target=run, args=("called",), name="two"),
]
for thread in threads:
    thread.start()
asyncio.run(work("main"))
# prints: direct 0 one
# prints: called 0 two
# prints: main 0 MainThread
# prints: direct 1 one
# prints: called 1 two
# prints: main 1 MainThread
for thread in threads:
    thread.join()
print(f"{time.monotonic():.1f}", loops[0].is_closed())  # prints: 0.2 True
