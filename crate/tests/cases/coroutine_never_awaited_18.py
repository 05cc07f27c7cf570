"""With the missing `await` the function that makes it waits: nothing else is to be said of that."""

import asyncio


async def save(n):
    await asyncio.sleep(0.01)


async def handle(n):
    print(n)
    save(n)  # error: coroutine-never-awaited


async def main():
    for n in range(3):
        await handle(n)


asyncio.run(main())
