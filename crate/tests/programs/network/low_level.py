"""`sock_*`, socket pairs, unix sockets, names, and readers that are watched by hand."""

import asyncio
import os
import socket


async def serve(listener):
    loop = asyncio.get_running_loop()
    connection, address = await loop.sock_accept(listener)
    with connection:
        while data := await loop.sock_recv(connection, 100):
            await loop.sock_sendall(connection, data.upper())


async def handle(reader, writer):
    writer.write(await reader.readline())
    writer.close()


async def main():
    loop = asyncio.get_running_loop()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    serving = asyncio.create_task(serve(listener))
    with socket.socket() as client:
        client.setblocking(False)
        await loop.sock_connect(client, listener.getsockname())
        await loop.sock_sendall(client, b"shout")
        print(await loop.sock_recv(client, 100))  # prints: b'SHOUT'
    await serving
    listener.close()

    one, another = socket.socketpair()
    one.setblocking(False)
    heard = loop.create_future()
    loop.add_reader(one, lambda: heard.set_result(one.recv(10)))
    another.send(b"knock")
    print(await heard)  # prints: b'knock'
    loop.remove_reader(one)
    one.close()
    another.close()

    server = await asyncio.start_unix_server(handle, "/tmp/socket")
    reader, writer = await asyncio.open_unix_connection("/tmp/socket")
    writer.write(b"by path\n")
    print(await reader.read(), os.path.exists("/tmp/socket"))  # prints: b'by path\n' True
    writer.close()
    server.close()
    await server.wait_closed()

    print([info[4] for info in await loop.getaddrinfo("localhost", 80, type=socket.SOCK_STREAM)])
    # prints: [('::1', 80, 0, 0), ('127.0.0.1', 80)]
    try:
        await loop.getaddrinfo("no.such.host", 80)
    except socket.gaierror as error:
        print(error.errno == socket.EAI_NONAME)  # prints: True
    try:
        socket.create_connection(("127.0.0.1", 1))
    except ConnectionRefusedError as error:
        print(error)  # prints: [Errno 111] Connection refused


asyncio.run(main())
