import asyncio
from contextlib import AsyncExitStack

class Seats:
    def __init__(self):
        self.taken = set()

    async def book(self, first, second):
        async with AsyncExitStack() as stack:
            self.taken.add(first)

            @stack.callback
            def undo():
                self.taken.discard(first)

            await asyncio.sleep(0.1)
            self.taken.remove(first)
            stack.pop_all()

async def main():
    seats = Seats()
    try:
        await asyncio.wait_for(seats.book(1, 2), 0.05)
    except TimeoutError:
        assert not seats.taken

asyncio.run(main())
