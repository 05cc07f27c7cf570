"""A chat room: every member has a queue of their own, and leaves by a message."""

import asyncio

LEAVE = object()


class Room:
    def __init__(self):
        self.members = {}

    def join(self, name):
        self.members[name] = asyncio.Queue(maxsize=10)
        return self.members[name]

    async def say(self, speaker, text):
        for name, inbox in self.members.items():
            if name != speaker:
                await inbox.put(f"{speaker}: {text}")

    async def close(self):
        for inbox in self.members.values():
            await inbox.put(LEAVE)


async def listen(name, inbox, log):
    while True:
        message = await inbox.get()
        if message is LEAVE:
            break
        log.append(f"{name} hears {message}")


async def main():
    room = Room()
    log = []
    async with asyncio.TaskGroup() as group:
        for name in ("ada", "grace", "edsger"):
            group.create_task(listen(name, room.join(name), log))
        await room.say("ada", "hello")
        await asyncio.sleep(0.1)
        await room.say("grace", "good evening")
        await room.close()
    print("\n".join(log))


asyncio.run(main())
