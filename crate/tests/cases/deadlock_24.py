"""Each object has a condition of its own: a notification of another's is no matter of this one's."""

import asyncio


class Channel:
    def __init__(self):
        self.filled = asyncio.Condition()

    async def take(self):
        async with self.filled:
            await self.filled.wait()  # error: deadlock

    async def fill(self):
        async with self.filled:
            self.filled.notify_all()  # unrelated: deadlock


async def main():
    first, second = Channel(), Channel()
    await first.fill()
    await second.take()


asyncio.run(main())
