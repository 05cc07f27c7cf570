"""The only object's condition is the one that is waited for, whatever it is called where it is notified."""

import asyncio


class Channel:
    def __init__(self):
        self.filled = asyncio.Condition()

    async def take(self):
        async with self.filled:
            await self.filled.wait_for(lambda: False)  # error: deadlock


async def fill(condition):
    async with condition:
        condition.notify()  # related: deadlock


async def main():
    channel = Channel()
    await fill(channel.filled)
    await channel.take()


asyncio.run(main())
