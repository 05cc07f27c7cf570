"""A parking lot: cars wait on a condition until a place is free."""

import asyncio


class Lot:
    def __init__(self, places):
        self.free = places
        self.changed = asyncio.Condition()

    async def enter(self, car):
        async with self.changed:
            await self.changed.wait_for(lambda: self.free > 0)
            self.free -= 1
            print(car, "enters")

    async def leave(self, car):
        async with self.changed:
            self.free += 1
            self.changed.notify()
            print(car, "leaves")


async def car(name, lot, seconds):
    await lot.enter(name)
    await asyncio.sleep(seconds)
    await lot.leave(name)


async def main():
    lot = Lot(2)
    async with asyncio.TaskGroup() as group:
        for number in range(5):
            group.create_task(car(f"car {number}", lot, 0.1 + number / 100))
    print("free:", lot.free)


asyncio.run(main())
