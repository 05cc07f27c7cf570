"""Two coroutines are reused: a task of the one fails outside of this code, and its exception is met twice."""

import asyncio


async def answer():
    return 42


async def main():
    first = answer()
    await first
    task = asyncio.create_task(first)  # error: coroutine-reused at `asyncio.create_task(first)`
    try:
        await task
    except RuntimeError as error:
        print(error)
    try:
        task.result()
    except RuntimeError as error:
        print(error)
    second = answer()
    await second
    try:
        await second  # error: coroutine-reused at `await second`
    except RuntimeError as error:
        print(error)


asyncio.run(main())
