"""Of several calls that open connections, it is told of the one whose connection was left open."""

import asyncio


async def answer(reader, writer):
    writer.write(await reader.readexactly(1))
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def tidy(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"t")
    print(await reader.read(1))
    writer.close()
    await writer.wait_closed()


class Link:
    async def open(self, port):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port)  # warning: resource-not-closed at `asyncio.open`

    async def ask(self):
        self.writer.write(b"l")
        return await self.reader.read(1)


async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 9102)
    await tidy(9102)
    link = Link()
    await link.open(9102)
    print(await link.ask())
    del link  # related: resource-not-closed
    await asyncio.sleep(0.1)
    server.close()


asyncio.run(main())
