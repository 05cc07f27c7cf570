"""Three hundred tasks wait behind a semaphore: the crowd is held back, so only ten work."""

import asyncio


async def resize(image, limit):
    async with limit:
        await asyncio.sleep(0.02)
    return image * 2


async def main():
    limit = asyncio.BoundedSemaphore(10)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(resize(image, limit)) for image in range(300)]
    print(sum(task.result() for task in tasks))


asyncio.run(main())
