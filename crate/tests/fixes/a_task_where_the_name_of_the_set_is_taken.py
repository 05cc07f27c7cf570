# dangling-task: keep a reference
# prints: worked []

import asyncio

background_tasks = []


async def work():
    await asyncio.sleep(0.1)
    print("worked", background_tasks)


async def main():
    asyncio.create_task(work())
    await asyncio.sleep(1)


asyncio.run(main())
