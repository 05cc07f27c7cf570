"""A loop in a background thread, driven from synchronous code, and what its thread does afterwards."""

import asyncio
import threading
import time

loop = asyncio.new_event_loop()


def run():
    asyncio.set_event_loop(loop)
    loop.run_forever()
    print("after run_forever", threading.current_thread().name)


async def work(seconds):
    await asyncio.sleep(seconds)
    print("worked", seconds, threading.current_thread().name)
    return seconds


thread = threading.Thread(target=run, name="loop")
thread.start()
print(loop.is_running())  # prints: True
futures = [asyncio.run_coroutine_threadsafe(work(seconds), loop) for seconds in (0.2, 0.1)]
print("waiting")
print([future.result() for future in futures])
# prints: waiting
# prints: worked 0.1 loop
# prints: worked 0.2 loop
# prints: [0.2, 0.1]
asyncio.run_coroutine_threadsafe(work(0.5), loop)
time.sleep(1)
print("slept")
# prints: worked 0.5 loop
# prints: slept
try:
    asyncio.run_coroutine_threadsafe(work(0.7), loop).result(timeout=0.5)
except TimeoutError:
    print("timed out", f"{time.monotonic():.1f}")  # prints: timed out 1.7
time.sleep(0.3)  # prints: worked 0.7 loop
loop.call_soon_threadsafe(loop.stop)
thread.join()  # prints: after run_forever loop
print(loop.is_running())  # prints: False
loop.close()
