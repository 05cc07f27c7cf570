"""Each call that hands a coroutine function over is told of at its own line."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor


async def work(number):
    return number


async def main():
    with ThreadPoolExecutor() as pool:
        pool.submit(work, 1)  # error: coroutine-in-sync-callback
        pool.submit(work, 2)  # error: coroutine-in-sync-callback
    asyncio.get_running_loop().call_soon_threadsafe(work, 3)  # error: coroutine-in-sync-callback
    thread = threading.Thread(target=work, args=(4,))  # error: coroutine-in-sync-callback
    thread.start()
    thread.join()
    await asyncio.sleep(0.1)


asyncio.run(main())
