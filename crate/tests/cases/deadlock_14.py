"""Another thread sets what is waited for, and the loop, which nothing wakes, does not hear of it."""

import asyncio
import threading
import time


async def main():
    ready = asyncio.Event()

    def work():
        time.sleep(0.1)
        ready.set()  # error: not-thread-safe-call  # related: deadlock  # says: Another thread did it here

    threading.Thread(target=work).start()
    await ready.wait()  # error: deadlock  # says: another thread has brought that about, but has not woken the loop


asyncio.run(main())
