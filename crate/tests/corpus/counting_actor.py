"""A counter that answers through futures."""

import asyncio


class Counter:
    def __init__(self):
        self.inbox = asyncio.Queue()
        self.value = 0
        self.task = None

    async def __aenter__(self):
        self.task = asyncio.create_task(self.run())
        return self

    async def __aexit__(self, *exc):
        await self.inbox.put(None)
        await self.task

    async def run(self):
        while (message := await self.inbox.get()) is not None:
            amount, reply = message
            self.value += amount
            reply.set_result(self.value)

    async def add(self, amount):
        reply = asyncio.get_running_loop().create_future()
        await self.inbox.put((amount, reply))
        return await reply


async def main():
    async with Counter() as counter:
        print(await asyncio.gather(*(counter.add(n) for n in range(5))))


asyncio.run(main())
