"""A call that blocks may itself be the callback: it is shown where it was given to the loop."""

import asyncio
import time


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(time.sleep, 1)  # warning: blocking-call
    await asyncio.sleep(0.5)


asyncio.run(main())
