"""A heartbeat beats while the work goes on, and is stopped properly."""

import asyncio
import contextlib


async def beat(log):
    while True:
        log.append("beat")
        await asyncio.sleep(0.1)


async def main():
    log = []
    heart = asyncio.create_task(beat(log))
    try:
        await asyncio.sleep(0.35)
        print("worked")
    finally:
        heart.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await heart
    print(len(log), "beats")


asyncio.run(main())
