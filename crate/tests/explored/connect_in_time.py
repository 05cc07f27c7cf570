"""The reader relies on the connection being there after twice the time that it took so far."""

import asyncio

state = {}


async def connect():
    await asyncio.sleep(0.1)
    state["connection"] = "open"


async def read():
    await asyncio.sleep(0.2)
    return state["connection"]  # error: assumed-order


async def main():
    first = asyncio.create_task(connect())
    second = asyncio.create_task(read())
    await first
    print(await second)


asyncio.run(main())
