"""Eager tasks: what is in the cache already never goes by way of the loop."""

import asyncio

cache = {"a": 1}


async def load(key):
    if key in cache:
        return cache[key]
    await asyncio.sleep(0.1)
    cache[key] = len(key)
    return cache[key]


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    known = asyncio.create_task(load("a"))
    print("known at once:", known.done(), known.result())
    fresh = asyncio.create_task(load("bcd"))
    print("fresh at once:", fresh.done())
    print(await fresh)


asyncio.run(main())
