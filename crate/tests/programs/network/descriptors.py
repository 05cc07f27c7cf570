"""Sockets are descriptors like any other: they can be read, written and asked about as files are."""

import asyncio
import os
import socket
import stat

here, there = socket.socketpair()
os.write(here.fileno(), b"written")
print(os.read(there.fileno(), 100), stat.S_ISSOCK(os.fstat(there.fileno()).st_mode))  # prints: b'written' True
there.setblocking(False)
print(os.get_blocking(there.fileno()))  # prints: False
try:
    os.read(there.fileno(), 1)
except BlockingIOError as error:
    print(error.strerror)  # prints: Resource temporarily unavailable
here.close()
print(os.read(there.fileno(), 1))  # prints: b''
try:
    os.write(there.fileno(), b"too late")
except BrokenPipeError as error:
    print(error.strerror)  # prints: Broken pipe
there.close()

# An address may name the interface that it is reached by.
for host in ("fe80::1%1", "fe80::1%lo"):
    print(socket.getaddrinfo(host, 80, type=socket.SOCK_STREAM)[0][4])
# prints: ('fe80::1', 80, 0, 1)
# prints: ('fe80::1', 80, 0, 1)


async def main():
    loop = asyncio.get_running_loop()
    here, there = socket.socketpair()
    transport, _ = await loop.connect_write_pipe(asyncio.Protocol, here)
    transport.write(b"through a pipe's transport")
    there.setblocking(False)
    print(await loop.sock_recv(there, 100))  # prints: b"through a pipe's transport"
    transport.close()
    there.close()


asyncio.run(main())
