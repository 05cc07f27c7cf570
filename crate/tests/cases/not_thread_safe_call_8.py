"""Timers are the loop's own as well."""

import asyncio
import threading


def tick():
    print("tick")


async def main():
    loop = asyncio.get_running_loop()

    def work():
        loop.call_later(0.1, tick)  # error: not-thread-safe-call at `loop.call_later(0.1, tick)`
        loop.call_at(loop.time() + 0.2, tick)  # error: not-thread-safe-call at `loop.call_at(loop.time() + 0.2, tick)`
        loop.call_soon_threadsafe(loop.call_later, 0.3, tick)

    thread = threading.Thread(target=work)
    thread.start()
    loop.call_later(0.4, tick)
    await asyncio.sleep(1)
    thread.join()


asyncio.run(main())
