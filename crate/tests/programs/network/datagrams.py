"""Datagram endpoints: an answer to where it came from, and a port at which nobody listens."""

import asyncio


class Echo(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        print("server", data)
        self.transport.sendto(b"re: " + data, address)


class Client(asyncio.DatagramProtocol):
    def datagram_received(self, data, address):
        print("client", data, address)
        answered.set()

    def error_received(self, error):
        print(error)
        answered.set()


async def main():
    global answered
    answered = asyncio.Event()
    loop = asyncio.get_running_loop()
    server, _ = await loop.create_datagram_endpoint(Echo, local_addr=("127.0.0.1", 9999))
    client, _ = await loop.create_datagram_endpoint(Client, remote_addr=("127.0.0.1", 9999))
    client.sendto(b"hello")
    await answered.wait()
    # prints: server b'hello'
    # prints: client b're: hello' ('127.0.0.1', 9999)
    client.close()
    server.close()
    answered.clear()
    client, _ = await loop.create_datagram_endpoint(Client, remote_addr=("127.0.0.1", 9998))
    client.sendto(b"anyone?")
    await answered.wait()  # prints: [Errno 111] Connection refused
    client.close()


asyncio.run(main())
