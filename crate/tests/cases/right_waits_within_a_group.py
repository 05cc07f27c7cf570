"""A task group waits at the end of its block, whatever else has stopped waiting before."""

import asyncio


async def download(n):
    await asyncio.sleep(n)
    print(n)


async def refused():
    raise OSError


async def main():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(download(n)) for n in (1, 3)]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        print("the first is there")
    async with asyncio.TaskGroup() as group:
        task = group.create_task(download(1))
        try:
            await asyncio.gather(task, refused())
        except OSError:
            print("refused")


asyncio.run(main())
