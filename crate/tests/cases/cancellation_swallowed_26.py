"""Nothing is swallowed: who names cancellations means it, and who waits for a cancelled child was not asked to end."""

import asyncio


class AppError(Exception):
    pass


class Cancelled(Exception):
    pass


async def named():
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        raise AppError("stopped")


async def translated():
    try:
        await asyncio.sleep(5)
    except BaseException as problem:
        raise Cancelled from problem


async def child_of_its_own():
    child = asyncio.create_task(asyncio.sleep(5))
    asyncio.get_running_loop().call_later(0.1, child.cancel)
    try:
        await child
    except BaseException as problem:
        raise AppError("the child has ended") from problem


async def fails_otherwise():
    try:
        try:
            await asyncio.sleep(5)
        finally:
            int("x")
    except BaseException as problem:
        raise AppError("failed") from problem


async def inside():
    try:
        async with asyncio.timeout(0.1):
            await asyncio.sleep(5)
    except BaseException as problem:
        raise AppError("too slow") from problem


async def main():
    for function in (named, translated, fails_otherwise):
        task = asyncio.create_task(function())
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.wait([task])
        print(repr(task.exception()))
    for function in (child_of_its_own, inside):
        try:
            await function()
        except AppError as problem:
            print(problem)


asyncio.run(main())
