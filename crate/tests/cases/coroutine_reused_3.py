import asyncio


async def work(n):
    await asyncio.sleep(0.1)
    return n


async def main():
    coro = work(1)
    results = await asyncio.gather(asyncio.create_task(coro), asyncio.create_task(coro), return_exceptions=True)  # error: coroutine-reused
    print(results)


asyncio.run(main())
