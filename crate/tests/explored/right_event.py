"""Whoever comes first waits for the other, whatever the time it takes."""

import asyncio

state = {}


async def connect(ready):
    await asyncio.sleep(0.1)
    state["connection"] = "open"
    ready.set()


async def read(ready):
    await asyncio.sleep(0.2)
    await ready.wait()
    return state["connection"]


async def main():
    ready = asyncio.Event()
    print(await asyncio.gather(connect(ready), read(ready)))


asyncio.run(main())
