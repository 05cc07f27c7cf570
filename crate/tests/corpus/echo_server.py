"""A server and three clients over streams, each side closing what it opened."""

import asyncio


async def handle(reader, writer):
    try:
        while line := await reader.readline():
            writer.write(b"echo " + line)
            await writer.drain()
    finally:
        writer.close()
        await writer.wait_closed()


async def client(port, name):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for number in range(2):
            writer.write(f"{name} {number}\n".encode())
            await writer.drain()
            print((await reader.readline()).decode().strip())
    finally:
        writer.close()
        await writer.wait_closed()


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        await asyncio.gather(*(client(port, name) for name in ("ann", "bob", "cid")))


asyncio.run(main())
