"""What an awaited function returned is a coroutine: the place that made it is told with the place that used it."""

import asyncio


async def parse():
    return {"a": 1}


async def get():
    return parse()  # related: coroutine-as-value


async def main():
    found = await get()
    print(found["a"])  # error: coroutine-as-value


asyncio.run(main())
