"""TLS between threads, on sockets in blocking form."""

import socket
import ssl
import threading


def serve(listener):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    connection, address = listener.accept()
    with context.wrap_socket(connection, server_side=True) as secure, secure.makefile("rb") as file:
        print("asked", file.readline())
        secure.sendall(b"answered")


with socket.create_server(("127.0.0.1", 0)) as listener:
    thread = threading.Thread(target=serve, args=(listener,))
    thread.start()
    context = ssl.create_default_context()
    with socket.create_connection(listener.getsockname()) as connection:
        with context.wrap_socket(connection, server_hostname="localhost") as secure:
            secure.sendall(b"question\n")
            print(secure.recv(100), secure.version())
    thread.join()
# prints: asked b'question\n'
# prints: b'answered' TLSv1.3
