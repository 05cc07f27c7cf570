import asyncio


async def job():
    await asyncio.sleep(0)


def start(coro):
    return asyncio.create_task(coro)  # error: no-running-loop at `asyncio.create_task(coro)`


def main():
    start(job())  # error: coroutine-never-awaited at `job()`

main()
