"""One task may ask in several places, one after the other."""

import asyncio


async def main():
    task = asyncio.create_task(asyncio.sleep(0.02))
    while not task.done():
        await asyncio.sleep(0)  # warning: busy-wait
    event = asyncio.Event()
    asyncio.get_running_loop().call_later(0.02, event.set)
    while not event.is_set():
        await asyncio.sleep(0)  # warning: busy-wait


asyncio.run(main())
