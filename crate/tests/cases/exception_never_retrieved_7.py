"""`cancel()` of a task that has failed does nothing and takes no exception; what takes it afterwards does."""

import asyncio


async def fails(name):
    await asyncio.sleep(0.1)
    raise ValueError(name)  # warning: exception-never-retrieved


async def stop(task):
    task.cancel()
    try:
        await task
    except ValueError as error:
        print(error)


async def main():
    gathered = [asyncio.create_task(fails("gathered")), asyncio.create_task(asyncio.sleep(5))]
    stopped, asked, forgotten = (asyncio.create_task(fails(name)) for name in ("stopped", "asked", "forgotten"))
    await asyncio.sleep(0.2)
    for task in gathered:
        task.cancel()
    print(await asyncio.gather(*gathered, return_exceptions=True))
    await stop(stopped)
    asked.cancel()
    print(asked.exception())
    forgotten.cancel()


asyncio.run(main())
