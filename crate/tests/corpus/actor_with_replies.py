"""An actor takes one message at a time and answers through futures."""

import asyncio
from dataclasses import dataclass
from typing import Any


@dataclass
class Message:
    kind: str
    value: Any
    reply: asyncio.Future


class Actor:
    def __init__(self):
        self.inbox = asyncio.Queue()
        self.total = 0
        self._task = None

    async def __aenter__(self):
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *exc):
        await self.ask("stop")
        await self._task

    async def _run(self):
        while True:
            message = await self.inbox.get()
            match message.kind:
                case "add":
                    before = self.total
                    await asyncio.sleep(0.01)
                    self.total = before + message.value
                    message.reply.set_result(self.total)
                case "stop":
                    message.reply.set_result(None)
                    return
                case other:
                    message.reply.set_exception(ValueError(other))

    async def ask(self, kind, value=None):
        reply = asyncio.get_running_loop().create_future()
        await self.inbox.put(Message(kind, value, reply))
        return await reply


async def main():
    async with Actor() as actor:
        print(await asyncio.gather(*(actor.ask("add", n) for n in range(5))))
        try:
            await actor.ask("dance")
        except ValueError as error:
            print("refused", error)


asyncio.run(main())
