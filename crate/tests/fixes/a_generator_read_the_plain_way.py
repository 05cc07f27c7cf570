# wrong-async-protocol: make it `async`
# prints: [1, 2]

import asyncio

async def numbers():
    yield 1
    yield 2

async def main():
    found = [number
             for number in numbers()]
    print(found)

asyncio.run(main())
