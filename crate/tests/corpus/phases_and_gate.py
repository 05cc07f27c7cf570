"""Workers meet after each phase, and others wait at a gate."""

import asyncio
import random


async def phase(name, barrier, log):
    for step in range(3):
        await asyncio.sleep(random.random() / 10)
        log.append((step, name))
        async with barrier as position:
            if position == 0:
                print("phase", step, "is over")


class Gate:
    def __init__(self):
        self.condition = asyncio.Condition()
        self.open = False

    async def wait(self):
        async with self.condition:
            await self.condition.wait_for(lambda: self.open)

    async def set(self):
        async with self.condition:
            self.open = True
            self.condition.notify_all()


async def main():
    barrier = asyncio.Barrier(3)
    log = []
    async with asyncio.TaskGroup() as group:
        for name in "abc":
            group.create_task(phase(name, barrier, log))
    print(sorted(log) == log)
    gate = Gate()
    waiters = [asyncio.create_task(gate.wait()) for _ in range(3)]
    await asyncio.sleep(0.1)
    await gate.set()
    await asyncio.gather(*waiters)


asyncio.run(main())
