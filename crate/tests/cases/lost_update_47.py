"""An item that is read by a call is named as it is written."""

import asyncio

by = {}


async def add(name):
    count = by.get(name, 0)
    await asyncio.sleep(0.1)
    by[name] = count + 1  # error: lost-update # says: an old value of `by[name]`


async def main():
    await asyncio.gather(add("a"), add("a"))
    print(by)


asyncio.run(main())
