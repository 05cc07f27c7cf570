"""Whatever of the library waits on the loop's thread is called by its own name."""

import asyncio
import threading

set_later = threading.Event()


async def waits():
    set_later.wait()  # error: sync-wait-on-own-loop  # says: `threading.Event.wait()` waits here


async def sets():
    await asyncio.sleep(0.1)
    set_later.set()


async def main():
    await asyncio.gather(waits(), sets())


asyncio.run(main())
