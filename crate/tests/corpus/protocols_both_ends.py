"""A server and clients of transports and protocols."""

import asyncio


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data.upper())

    def eof_received(self):
        return False


class Client(asyncio.Protocol):
    def __init__(self, message, done):
        self.message, self.done = message, done
        self.parts = []

    def connection_made(self, transport):
        transport.write(self.message)
        transport.write_eof()

    def data_received(self, data):
        self.parts.append(data)

    def connection_lost(self, exc):
        if not self.done.done():
            self.done.set_result(b"".join(self.parts))


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Echo, "127.0.0.1", 5000)
    async with server:
        answers = []
        for word in (b"one", b"two"):
            done = loop.create_future()
            transport, _ = await loop.create_connection(lambda: Client(word, done), "127.0.0.1", 5000)
            try:
                answers.append(await asyncio.wait_for(done, 2))
            finally:
                transport.close()
        print(answers)


asyncio.run(main())
