"""A slow day ends at the deadline, and the program says so: that is no matter of order."""

import asyncio

state = {}


async def load():
    await asyncio.sleep(0.3)
    state["rows"] = 3


async def main():
    loading = asyncio.create_task(load())
    try:
        async with asyncio.timeout(0.5):
            await asyncio.shield(loading)
    except TimeoutError:
        print("too slow")
    print(state["rows"] if loading.done() else "nothing")
    await loading


asyncio.run(main())
