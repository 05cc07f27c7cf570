"""Under a limit without an end, what is awaited is told, and not the limit."""

import asyncio


async def main():
    ready = asyncio.Event()
    await asyncio.wait_for(ready.wait(), None)  # error: deadlock # says: waits for `Event.wait()`: no task that still runs will set it


asyncio.run(main())
