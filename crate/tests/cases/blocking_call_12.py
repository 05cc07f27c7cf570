"""The loop of another thread is stopped as well."""

import asyncio
import threading
import time


async def work():
    time.sleep(1)  # warning: blocking-call at `time.sleep(1)`


async def main():
    await asyncio.gather(work(), asyncio.sleep(0.5))


thread = threading.Thread(target=asyncio.run, args=(main(),))
thread.start()
thread.join()
