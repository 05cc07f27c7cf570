import asyncio


async def fetch(n):
    await asyncio.sleep(0.1)
    return n


async def main():
    result = await asyncio.to_thread(fetch, 1)  # error: coroutine-in-sync-callback at `asyncio.to_thread(fetch, 1)`
    print(result)


asyncio.run(main())
