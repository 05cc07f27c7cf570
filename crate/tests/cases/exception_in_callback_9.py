"""Methods of protocols that do not take what the loop gives them: told where it was given the protocol."""

import asyncio


class Made(asyncio.Protocol):
    def connection_made(self):  # related: exception-in-callback
        print("made")


class Received(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self):  # related: exception-in-callback
        self.transport.write(b"x")


class Lost(asyncio.Protocol):
    def connection_lost(self):  # related: exception-in-callback
        print("lost")


async def talk(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"hello")
    await asyncio.sleep(0.1)
    writer.close()
    await writer.wait_closed()


async def main():
    loop = asyncio.get_running_loop()
    async with await loop.create_server(Made, "127.0.0.1", 8881):  # error: exception-in-callback
        await talk(8881)
    async with await loop.create_server(lambda: Received(), "127.0.0.1", 8882):  # error: exception-in-callback
        await talk(8882)
    async with await loop.create_server(protocol_factory=Lost, host="127.0.0.1", port=8883):  # error: exception-in-callback
        await talk(8883)


asyncio.run(main())
