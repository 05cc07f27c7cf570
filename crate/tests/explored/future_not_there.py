"""The future has always been completed by then."""

import asyncio


async def compute(found):
    await asyncio.sleep(0.05)
    found.set_result(41)


async def main():
    found = asyncio.get_running_loop().create_future()
    computing = asyncio.create_task(compute(found))
    await asyncio.sleep(0.1)
    print(found.result() + 1)  # error: assumed-order
    await computing


asyncio.run(main())
