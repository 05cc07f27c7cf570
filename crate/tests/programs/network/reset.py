"""A peer that aborts in the middle: the writer is told at its next `drain`, and a reader at its next read."""

import asyncio


async def abort(reader, writer):
    await reader.read(10)
    writer.transport.abort()


async def main():
    server = await asyncio.start_server(abort, "127.0.0.1", 5001)
    reader, writer = await asyncio.open_connection("127.0.0.1", 5001)
    try:
        for _ in range(10):
            writer.write(b"y" * 200_000)
            await writer.drain()
    except ConnectionError as error:
        print(type(error).__name__)  # prints: ConnectionResetError
    try:
        await reader.read()
    except ConnectionError as error:
        print(error)  # prints: [Errno 104] Connection reset by peer
    writer.close()
    try:
        await writer.wait_closed()
    except ConnectionError as error:
        print("closed by", type(error).__name__)  # prints: closed by ConnectionResetError
    server.close()


asyncio.run(main())
