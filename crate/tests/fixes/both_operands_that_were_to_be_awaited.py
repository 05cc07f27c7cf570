# coroutine-as-value: await it
# prints: 3

import asyncio


async def price(number):
    await asyncio.sleep(0)
    return number


async def main():
    try:
        print(price(1) + price(2))
    except TypeError:
        print("no sum")


asyncio.run(main())
