"""`gather()` passes on one failure; whoever made the tasks looks at each."""

import asyncio


async def refused(n):
    await asyncio.sleep(n)
    raise OSError(n)


async def awaits_each():
    tasks = [asyncio.create_task(refused(n)) for n in (0.1, 0.2)]
    try:
        await asyncio.gather(*tasks)
    except OSError:
        for task in tasks:
            try:
                await task
            except OSError as error:
                print(error)


async def asks_each():
    tasks = [asyncio.create_task(refused(n)) for n in (0.1, 0.2)]
    try:
        await asyncio.gather(*tasks)
    except OSError:
        await asyncio.wait(tasks)
        print([task.exception() for task in tasks])


async def asks_those_of_one_moment():
    tasks = [asyncio.create_task(refused(0.1)) for _ in range(2)]
    try:
        await asyncio.gather(*tasks)
    except OSError:
        print([task.exception() for task in tasks if task.done()])


async def main():
    await awaits_each()
    await asks_each()
    await asks_those_of_one_moment()


asyncio.run(main())
