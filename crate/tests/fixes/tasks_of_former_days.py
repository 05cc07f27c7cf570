# legacy-asyncio: call it `ensure_future`
# prints: hello

import asyncio

async def greet():
    print('hello')

async def main():
    await asyncio.async(greet())

asyncio.run(main())
