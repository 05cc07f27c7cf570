# coroutine-as-value: await it
# prints: 3

import asyncio


async def part(number):
    await asyncio.sleep(0.1)
    return number


async def main():
    parts = [part(number) for number in range(3)]
    try:
        print(sum(parts))
    except TypeError:
        print("no sum")


asyncio.run(main())
