import asyncio


async def job():
    await asyncio.sleep(0)


def main():
    coro = job()  # error: coroutine-never-awaited at `job()`
    asyncio.create_task(coro)  # error: no-running-loop at `asyncio.create_task(coro)`

main()
