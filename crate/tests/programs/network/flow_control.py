"""A transport pauses its writer at the high-water mark, resumes it at the low one, and closes after what it holds."""

import asyncio


class Receiver(asyncio.Protocol):
    """Reads nothing for a second."""

    received = 0

    def connection_made(self, transport):
        transport.pause_reading()
        asyncio.get_running_loop().call_later(1, transport.resume_reading)

    def data_received(self, data):
        self.received += len(data)

    def connection_lost(self, error):
        print("received", self.received, error)
        over.set_result(None)


class Sender(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def pause_writing(self):
        print("paused", self.transport.get_write_buffer_size() > 64 * 1024)

    def resume_writing(self):
        print("resumed", self.transport.get_write_buffer_size() <= 16 * 1024, round(loop.time(), 1))

    def connection_lost(self, error):
        print("sender closed", error)


async def main():
    global loop, over
    loop = asyncio.get_running_loop()
    over = loop.create_future()
    server = await loop.create_server(Receiver, "127.0.0.1", 5000)
    transport, protocol = await loop.create_connection(Sender, "127.0.0.1", 5000)
    transport.write(b"x" * 1_000_000)  # prints: paused True
    transport.close()
    print("closing", transport.is_closing())  # prints: closing True
    await over
    # prints: resumed True 1.0
    # prints: sender closed None
    # prints: received 1000000 None
    server.close()


asyncio.run(main())
