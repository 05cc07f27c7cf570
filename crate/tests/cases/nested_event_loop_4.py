import asyncio


async def job(n):
    await asyncio.sleep(0)


def sync(coro):
    return asyncio.run(coro)  # error: nested-event-loop at `asyncio.run(coro)`


async def main():
    sync(coro=job(1))


asyncio.run(main())
