# legacy-asyncio: make tasks
# prints: hello a
# prints: hello b

import asyncio

async def greet(name):
    print('hello', name)

async def main():
    await asyncio.wait([greet(name) for name in 'ab'])

asyncio.run(main())
