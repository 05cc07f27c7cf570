"""Members of a room hear what the others say."""

import asyncio


class Room:
    def __init__(self):
        self.members = {}

    async def broadcast(self, sender, text):
        for name, writer in list(self.members.items()):
            if name != sender:
                writer.write(f"{sender}: {text}\n".encode())
                await writer.drain()

    async def join(self, reader, writer):
        name = (await reader.readline()).decode().strip()
        self.members[name] = writer
        try:
            await self.broadcast(name, "joined")
            while line := await reader.readline():
                await self.broadcast(name, line.decode().strip())
        finally:
            del self.members[name]
            writer.close()
            await writer.wait_closed()


class Member:
    async def __aenter__(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", 6000)
        return self

    async def __aexit__(self, *exc):
        self.writer.close()
        await self.writer.wait_closed()

    async def say(self, text):
        self.writer.write(text.encode() + b"\n")
        await self.writer.drain()

    async def hear(self):
        async with asyncio.timeout(1):
            return (await self.reader.readline()).decode().strip()


async def main():
    room = Room()
    server = await asyncio.start_server(room.join, "127.0.0.1", 6000)
    async with server, Member() as ann:
        await ann.say("ann")
        await asyncio.sleep(0.05)
        async with Member() as bob:
            await bob.say("bob")
            print(await ann.hear())
            await bob.say("hello")
            print(await ann.hear())
            await ann.say("hi bob")
            print(await bob.hear())
        await asyncio.sleep(0.1)


asyncio.run(main())
