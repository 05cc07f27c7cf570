# coroutine-as-value: await it
# prints: [1, 2, 3]

import asyncio

async def numbers():
    return [3, 1, 2]

async def main():
    try:
        print(sorted(numbers()))
    except TypeError:
        print('no numbers')

asyncio.run(main())
