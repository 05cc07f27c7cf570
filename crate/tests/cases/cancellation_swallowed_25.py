"""A handler for everything raises an error of its own instead of the cancellation."""

import asyncio


class AppError(Exception):
    pass


async def call():
    try:
        await asyncio.sleep(5)
    except BaseException as problem:  # warning: cancellation-swallowed at `except BaseException as problem` # says: raised `AppError` instead of it: `timeout()` raised no `TimeoutError`
        raise AppError("failed") from problem


async def fetch():
    try:
        await asyncio.sleep(5)
    except:  # warning: cancellation-swallowed # says: `wait_for()` raised no `TimeoutError`
        raise AppError("failed")


async def poll():
    try:
        await asyncio.sleep(5)
    except (ValueError, BaseException) as problem:  # warning: cancellation-swallowed # says: ended as one that has failed
        print("cleans up")
        raise AppError("failed") from problem


async def main():
    try:
        async with asyncio.timeout(0.1):
            await call()
    except AppError as problem:
        print(problem)
    try:
        await asyncio.wait_for(fetch(), 0.1)
    except AppError as problem:
        print(problem)
    task = asyncio.create_task(poll())
    await asyncio.sleep(0.1)
    task.cancel()
    try:
        await task
    except AppError as problem:
        print(problem)


asyncio.run(main())
