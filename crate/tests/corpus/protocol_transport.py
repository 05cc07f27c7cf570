"""A server written with a protocol class instead of streams."""

import asyncio


class Upper(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data.upper())
        self.transport.close()


class Collect(asyncio.Protocol):
    def __init__(self, message, answer):
        self.message = message
        self.answer = answer
        self.received = b""

    def connection_made(self, transport):
        transport.write(self.message)

    def data_received(self, data):
        self.received += data

    def connection_lost(self, problem):
        if problem is None:
            self.answer.set_result(self.received.decode())
        else:
            self.answer.set_exception(problem)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Upper, "127.0.0.1", 8070)
    async with server:
        answer = loop.create_future()
        await loop.create_connection(lambda: Collect(b"hello", answer), "127.0.0.1", 8070)
        print(await asyncio.wait_for(answer, 5))


asyncio.run(main())
