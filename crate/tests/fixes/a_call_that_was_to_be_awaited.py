# coroutine-never-awaited: await it
# prints: hello
# prints: done

import asyncio

async def greet():
    print('hello')

async def main():
    greet()
    print('done')

asyncio.run(main())
