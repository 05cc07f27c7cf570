# wrong-async-protocol: leave `async` out
# prints: 1
# prints: 2

import asyncio

async def main():
    async for number in [1, 2]:
        print(number)

asyncio.run(main())
