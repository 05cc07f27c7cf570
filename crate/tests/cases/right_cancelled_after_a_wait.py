"""Each of these waits for what it has cancelled, though an earlier wait is over: again, by its turns, or in a group."""

import asyncio


async def session(n):
    try:
        await asyncio.sleep(n)
    finally:
        await asyncio.shield(asyncio.sleep(0.5))


async def refused():
    await asyncio.sleep(0.1)
    raise OSError


async def waited_for_again():
    tasks = [asyncio.create_task(session(n)) for n in (1, 10)]
    _, pending = await asyncio.wait(tasks, timeout=2)
    for task in pending:
        task.cancel()
    await asyncio.wait(pending)


async def awaited_late(how):
    task = asyncio.create_task(session(10))
    try:
        await how(task)
    except (TimeoutError, OSError):
        task.cancel()
    await asyncio.sleep(1)
    try:
        await task
    except asyncio.CancelledError:
        print("over")


async def shielded(task):
    await asyncio.wait_for(asyncio.shield(task), 1)


async def gathered(task):
    await asyncio.gather(task, refused())


async def gathering_goes_on():
    task = asyncio.create_task(session(10))
    gathering = asyncio.gather(task, return_exceptions=True)
    await asyncio.sleep(0.1)
    task.cancel()
    await gathering


async def asked_until_it_is_over():
    task = asyncio.create_task(session(10))
    await asyncio.sleep(0.1)
    task.cancel()
    while not task.done():
        await asyncio.sleep(0.02)


async def of_a_group():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(session(n)) for n in (1, 10)]
        _, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()


async def main():
    await waited_for_again()
    await awaited_late(shielded)
    await awaited_late(gathered)
    await gathering_goes_on()
    await asked_until_it_is_over()
    await of_a_group()


asyncio.run(main())
