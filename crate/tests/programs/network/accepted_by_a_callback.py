"""A server's callback makes a task that nobody keeps: what has been sent arrives before the collector comes by."""

import asyncio


async def answer(reader, writer):
    line = await reader.readline()
    writer.write(line.upper())
    await writer.drain()
    writer.close()
    await writer.wait_closed()


def accepted(reader, writer):
    asyncio.get_running_loop().create_task(answer(reader, writer))


async def by_a_unix_socket():
    async with await asyncio.start_unix_server(accepted, "/tmp/socket"):
        reader, writer = await asyncio.open_unix_connection("/tmp/socket")
        writer.write(b"hello\n")
        print(await reader.readline())  # prints: b'HELLO\n'
        writer.close()
        await writer.wait_closed()


async def main():
    async with await asyncio.start_server(accepted, "127.0.0.1", 9000):
        reader, writer = await asyncio.open_connection("127.0.0.1", 9000)
        writer.write(b"hello\n")
        print(await reader.readline())  # prints: b'HELLO\n'
        writer.close()
        await writer.wait_closed()
    await by_a_unix_socket()


asyncio.run(main())
