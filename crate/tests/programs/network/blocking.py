"""Sockets in blocking form, between threads, with timeouts, and through `selectors` and `socketserver`."""

import selectors
import socket
import socketserver
import threading


def serve(listener):
    connection, address = listener.accept()
    with connection, connection.makefile("rb") as lines:
        for line in lines:
            connection.sendall(line.upper())


with socket.create_server(("127.0.0.1", 0)) as listener:
    thread = threading.Thread(target=serve, args=(listener,))
    thread.start()
    with socket.create_connection(listener.getsockname()) as client:
        client.sendall(b"one\ntwo\n")
        client.shutdown(socket.SHUT_WR)
        print(client.recv(4), client.recv(100), client.recv(100))  # prints: b'ONE\n' b'TWO\n' b''
    thread.join()

one, another = socket.socketpair()
one.settimeout(0.5)
try:
    one.recv(1)
except TimeoutError as error:
    print(error)  # prints: timed out
with selectors.DefaultSelector() as selector:
    selector.register(one, selectors.EVENT_READ, "data")
    print(selector.select(0.1))  # prints: []
    another.send(b"x")
    print([(key.data, events) for key, events in selector.select()])  # prints: [('data', 1)]
one.close()
another.close()


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"hello " + self.rfile.readline())


with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name in (b"a\n", b"b\n"):
        with socket.create_connection(server.server_address) as client:
            client.sendall(name)
            print(client.recv(100))
    # prints: b'hello a\n'
    # prints: b'hello b\n'
    server.shutdown()
