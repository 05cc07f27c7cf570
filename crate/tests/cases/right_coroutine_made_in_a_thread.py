import asyncio


async def fetch(n):
    await asyncio.sleep(0.1)
    return n


async def main():
    coro = await asyncio.to_thread(fetch, 1)
    print(await coro)


asyncio.run(main())
