"""Steps with undoing: if one fails, what was done before is taken back, last first."""

import asyncio
from contextlib import AsyncExitStack


class Trip:
    def __init__(self):
        self.log = []

    async def book(self, what, works=True):
        await asyncio.sleep(0.1)
        if not works:
            raise RuntimeError(f"no {what} left")
        self.log.append(f"booked {what}")

    async def undo(self, what):
        await asyncio.sleep(0.05)
        self.log.append(f"cancelled {what}")


async def plan(trip, hotel_works):
    async with AsyncExitStack() as stack:
        for what, works in (("flight", True), ("car", True), ("hotel", hotel_works)):
            await trip.book(what, works)
            stack.push_async_callback(trip.undo, what)
        stack.pop_all()


async def main():
    for works in (True, False):
        trip = Trip()
        try:
            await plan(trip, works)
        except RuntimeError as problem:
            print(problem)
        print(trip.log)


asyncio.run(main())
