# legacy-asyncio: make it `async def`
# prints: hello you

import asyncio

@asyncio.coroutine
def greet(name):
    yield from asyncio.sleep(0.1)
    print('hello', name)

@asyncio.coroutine
def main():
    yield from greet('you')

asyncio.run(main())
