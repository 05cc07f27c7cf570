"""A server and a client talk over streams: lines, half close, the end, and a server that is gone."""

import asyncio


async def handle(reader, writer):
    print("from", writer.get_extra_info("peername")[0])  # prints: from 127.0.0.1
    while line := await reader.readline():
        writer.write(b"echo " + line)
        await writer.drain()
    print("the client has finished")
    writer.write(b"bye")
    writer.close()
    await writer.wait_closed()


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 8888)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    for number in range(2):
        writer.write(f"line {number}\n".encode())
        print(await reader.readline())
    # prints: b'echo line 0\n'
    # prints: b'echo line 1\n'
    writer.write_eof()
    print(await reader.read(), reader.at_eof())
    # prints: the client has finished
    # prints: b'bye' True
    writer.close()
    await writer.wait_closed()
    async with server:
        pass
    try:
        await asyncio.open_connection("127.0.0.1", 8888)
    except ConnectionRefusedError as error:
        print(error)  # prints: [Errno 111] Connect call failed ('127.0.0.1', 8888)


asyncio.run(main())
