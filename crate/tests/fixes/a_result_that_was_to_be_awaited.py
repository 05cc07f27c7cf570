# coroutine-as-value: await it
# prints: 42

import asyncio

async def answer():
    return [42]

async def main():
    try:
        print(answer()[0])
    except TypeError:
        print('no answer')

asyncio.run(main())
