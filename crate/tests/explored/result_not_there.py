"""By then the other task has always been done."""

import asyncio


async def fetch():
    await asyncio.sleep(0.3)
    return 42


async def main():
    fetching = asyncio.create_task(fetch())
    await asyncio.sleep(0.5)
    print(fetching.result())  # error: assumed-order


asyncio.run(main())
