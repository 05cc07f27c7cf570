"""The exit stack forgets what it was to undo before the second write."""

import asyncio
from contextlib import AsyncExitStack

accounts = {"ann": 100, "bob": 0}


def give_back(name, amount):
    accounts[name] += amount


async def transfer(source, target, amount):
    async with AsyncExitStack() as stack:
        accounts[source] -= amount
        stack.callback(give_back, source, amount)
        await asyncio.sleep(0.01)
        stack.pop_all()
        await asyncio.sleep(0.01)  # error: unshielded-critical-section
        accounts[target] += amount


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(transfer("ann", "bob", 10))
    print(accounts)


asyncio.run(main())
