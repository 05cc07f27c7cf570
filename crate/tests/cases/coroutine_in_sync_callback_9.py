import asyncio


async def fetch(n):
    await asyncio.sleep(0.1)
    return n


async def main():
    loop = asyncio.get_running_loop()
    result = await loop.run_in_executor(None, fetch, 1)  # error: coroutine-in-sync-callback at `loop.run_in_executor(None, fetch, 1)`
    print(result)
    rs = await asyncio.gather(*(asyncio.to_thread(fetch, i) for i in range(3)))  # error: coroutine-in-sync-callback at `asyncio.to_thread(fetch, i)`
    del rs


asyncio.run(main())
