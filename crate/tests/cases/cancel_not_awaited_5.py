"""A wait that is over says nothing of a task that is cancelled afterwards."""

import asyncio


async def session(n):
    try:
        await asyncio.sleep(n)
    finally:
        await asyncio.shield(asyncio.sleep(0.5))


async def refused():
    await asyncio.sleep(0.1)
    raise OSError


async def after_a_timeout():
    tasks = [asyncio.create_task(session(10)) for _ in range(2)]
    _, pending = await asyncio.wait(tasks, timeout=1)
    for task in pending:
        task.cancel()  # warning: cancel-not-awaited
    await asyncio.sleep(0.1)


async def after_the_first():
    tasks = [asyncio.create_task(session(n)) for n in (1, 10)]
    _, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()  # warning: cancel-not-awaited
    await asyncio.sleep(0.1)


async def after_a_shield():
    task = asyncio.create_task(session(10))
    try:
        await asyncio.wait_for(asyncio.shield(task), 1)
    except TimeoutError:
        task.cancel()  # warning: cancel-not-awaited
    await asyncio.sleep(0.1)


async def after_a_failure():
    tasks = [asyncio.create_task(session(10)), asyncio.create_task(refused())]
    try:
        await asyncio.gather(*tasks)
    except OSError:
        for task in tasks:
            task.cancel()  # warning: cancel-not-awaited
    await asyncio.sleep(0.1)


async def main():
    await after_a_timeout()
    await after_the_first()
    await after_a_shield()
    await after_a_failure()
    await asyncio.sleep(1)


asyncio.run(main())
