import asyncio


class Client:
    async def connect(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", 4000)  # warning: resource-not-closed at `asyncio.open_connection("127.0.0.1", 4000)`

    async def ask(self):
        self.writer.write(b"q\n")
        await self.writer.drain()
        return await self.reader.readline()


async def serve(reader, writer):
    writer.write(await reader.readline())
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def main():
    async with await asyncio.start_server(serve, "127.0.0.1", 4000):
        client = Client()
        await client.connect()
        print(await client.ask())


asyncio.run(main())
