"""A transport and its socket, both left to the collector, are one finding."""

import asyncio


class Room:
    def __init__(self):
        self.guests = []

    async def enter(self, reader, writer):  # warning: resource-not-closed
        self.guests.append(writer)
        await reader.read(1)


async def main():
    room = Room()
    server = await asyncio.start_server(room.enter, "127.0.0.1", 9103)
    reader, writer = await asyncio.open_connection("127.0.0.1", 9103)
    writer.write(b"x")
    await asyncio.sleep(0.1)
    writer.close()
    await writer.wait_closed()
    server.close()
    print(len(room.guests))


asyncio.run(main())
