"""A task group whose results are read after it has ended."""

import asyncio


async def price(item):
    await asyncio.sleep(0.01 * len(item))
    return len(item) * 100


async def main():
    items = ["pen", "paper", "desk"]
    async with asyncio.TaskGroup() as group:
        tasks = {item: group.create_task(price(item), name=item) for item in items}
    total = 0
    for item, task in tasks.items():
        print(task.get_name(), task.result())
        total += task.result()
    print("total", total)


asyncio.run(main())
