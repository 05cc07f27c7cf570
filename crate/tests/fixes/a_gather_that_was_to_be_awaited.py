# coroutine-as-value: await it
# prints: 1

import asyncio


async def fetch(number):
    await asyncio.sleep(0.1)
    return number


async def main():
    results = asyncio.gather(fetch(1), fetch(2))
    try:
        print(results[0])
    except TypeError:
        print("no results")


asyncio.run(main())
