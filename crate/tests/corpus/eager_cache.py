"""Eager tasks: what is in the cache is answered at once, without a turn of the loop."""

import asyncio

cache = {}


async def load(key):
    if key in cache:
        return cache[key]
    await asyncio.sleep(0.1)
    cache[key] = key * 2
    return cache[key]


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    print(await asyncio.gather(*(load(key) for key in "abc")))
    tasks = [asyncio.create_task(load(key)) for key in "abcd"]
    print([task.done() for task in tasks])
    print(await asyncio.gather(*tasks))


asyncio.run(main())
