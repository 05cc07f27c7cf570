"""What must be done to its end has a task of its own, for which the handler only waits."""

import asyncio

accounts = {"ann": 100, "bob": 0}
transfers = set()


async def transfer(source, target, amount):
    accounts[source] -= amount
    await asyncio.sleep(0.1)
    accounts[target] += amount


async def handle(source, target, amount):
    task = asyncio.create_task(transfer(source, target, amount))
    transfers.add(task)
    task.add_done_callback(transfers.discard)
    await asyncio.shield(task)


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(handle("ann", "bob", 10))
        group.create_task(handle("bob", "ann", 5))
    print(accounts)


asyncio.run(main())
