import asyncio


async def job():
    await asyncio.sleep(0)


def main():
    coro = job()
    asyncio.create_task(coro)  # error: no-running-loop at `asyncio.create_task(coro)`

main()
