"""TLS is accepted: the handshake takes its round trip, and the cipher says that it is none."""

import asyncio
import ssl


async def handle(reader, writer):
    writer.write(b"secret " + await reader.readline())
    await writer.drain()
    writer.close()


async def main():
    server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server = await asyncio.start_server(handle, "localhost", 8443, ssl=server_context)
    reader, writer = await asyncio.open_connection("localhost", 8443, ssl=ssl.create_default_context())
    print(writer.get_extra_info("cipher")[0])  # prints: SIMULATED-WITHOUT-ENCRYPTION
    writer.write(b"message\n")
    print(await reader.read())  # prints: b'secret message\n'
    writer.close()
    await writer.wait_closed()
    server.close()
    reader, writer = await asyncio.open_connection("example.com", 443, ssl=True)
    writer.write(b"HEAD / HTTP/1.0\r\n\r\n")
    print((await reader.read()).splitlines()[0])  # prints: b'HTTP/1.1 200 OK'
    writer.close()


asyncio.run(main())
