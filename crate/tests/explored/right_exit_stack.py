"""A room that is taken is given back by the exit stack, until all is done."""

import asyncio
from contextlib import AsyncExitStack


class Hotel:
    def __init__(self):
        self.free = 3
        self.charged = []

    async def release(self):
        self.free += 1

    async def charge(self, name, amount):
        await asyncio.sleep(0.02)
        self.charged.append((name, amount))

    async def book(self, name, amount):
        async with AsyncExitStack() as stack:
            self.free -= 1
            stack.push_async_callback(self.release)
            await self.charge(name, amount)
            stack.pop_all()


async def main():
    hotel = Hotel()
    async with asyncio.TaskGroup() as group:
        group.create_task(hotel.book("ann", 10))
        group.create_task(hotel.book("bob", 20))
    print(hotel.free)


asyncio.run(main())
