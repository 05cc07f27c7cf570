"""A helper that starts tasks hands them on: who throws one away is at fault."""

import asyncio


def spawn(coroutine):
    task = asyncio.create_task(coroutine)
    task.set_name("spawned")
    return task


def background(function):
    def wrapper(*arguments):
        return asyncio.create_task(function(*arguments))

    return wrapper


async def work(n):
    await asyncio.sleep(n)


@background
async def report(n):
    await asyncio.sleep(n)


async def main():
    kept = spawn(work(0.2))
    spawn(work(0.1))  # warning: dangling-task at `spawn(work(0.1))`
    report(0.1)  # warning: dangling-task at `report(0.1)`
    await kept


asyncio.run(main())
