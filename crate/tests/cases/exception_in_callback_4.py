import asyncio


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        number = int(data)  # error: exception-in-callback at `int(data)`
        self.transport.write(str(number * 2).encode())


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Echo, "127.0.0.1", 8888)
    async with server:
        reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
        writer.write(b"twelve")
        await writer.drain()
        print(await reader.read(100))
        writer.close()
        await writer.wait_closed()


asyncio.run(main())
