"""A collection where awaitables are taken one by one is the fault; what becomes of the coroutines in it follows."""

import asyncio


async def load(number):
    await asyncio.sleep(0)
    return number


async def together():
    await asyncio.gather([load(1), load(2)])  # error: await-non-awaitable at `[load`


async def by_name():
    jobs = [load(3), load(4)]  # related: await-non-awaitable
    print(await asyncio.wait_for(jobs, 1))  # error: await-non-awaitable at `jobs`


for function in (together, by_name):
    try:
        asyncio.run(function())
    except TypeError as error:
        print(error)
