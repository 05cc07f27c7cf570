"""The first of several mirrors wins; the others are cancelled and awaited."""

import asyncio


async def mirror(name, seconds):
    await asyncio.sleep(seconds)
    return name


async def first(*coroutines):
    tasks = {asyncio.create_task(coroutine) for coroutine in coroutines}
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    if pending:
        await asyncio.wait(pending)
    return done.pop().result()


async def main():
    print(await first(mirror("far", 2), mirror("near", 0.2), mirror("middle", 1)))


asyncio.run(main())
