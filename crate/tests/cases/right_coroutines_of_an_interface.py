"""Coroutine functions that wait for nothing because others of their name, or in their place, do."""

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable


class Service:
    async def run(self):
        await self.close()

    async def close(self):
        print("nothing to close")


class Connection(Service):
    async def close(self):
        await asyncio.sleep(0.1)


@dataclasses.dataclass
class Step:
    action: Callable[[str], Awaitable[None]]


async def shout(name):
    print(name.upper())


async def whisper(name):
    await asyncio.sleep(0.1)
    print(name)


async def main():
    other = asyncio.create_task(asyncio.sleep(1))
    await Service().run()
    await Connection().run()
    for step in (Step(shout), Step(whisper)):
        await step.action("ann")
    await other


asyncio.run(main())
