"""A name does not await what it is given to: the end of the program finds it waiting."""

import asyncio


async def fetch(number):
    await asyncio.sleep(0.1)
    return number


async def main():
    results = asyncio.gather(fetch(1), fetch(2))  # warning: awaitable-dropped
    if results:
        print(results)


async def meanwhile():
    results = asyncio.gather(fetch(1), fetch(2))
    print("meanwhile", bool(results))
    print(await results)


asyncio.run(main())
asyncio.run(meanwhile())
