"""Five who share five forks: each takes the lower numbered first, so that nobody waits in a circle."""

import asyncio


async def dine(name, left, right, forks):
    first, second = sorted((left, right))
    for _ in range(2):
        await asyncio.sleep(0.05)
        async with forks[first], forks[second]:
            await asyncio.sleep(0.1)
    print(name, "has eaten")


async def main():
    forks = [asyncio.Lock() for _ in range(5)]
    names = ["ann", "bob", "cid", "dot", "eve"]
    async with asyncio.TaskGroup() as group:
        for number, name in enumerate(names):
            group.create_task(dine(name, number, (number + 1) % 5, forks))


asyncio.run(main())
