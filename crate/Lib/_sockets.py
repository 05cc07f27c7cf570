"""The class `_socket.socket`: descriptors that lead to endpoints of the simulated network."""

import _descriptors
import _network
import _scheduler
from _errno_names import os_error
from _posix_constants import O_NONBLOCK, O_RDWR
from _socket_constants import *

EBADF, EAGAIN, EINVAL, EPIPE, ENOTCONN, EISCONN, EADDRINUSE, EINPROGRESS = 9, 11, 22, 32, 107, 106, 98, 115
EALREADY, EDESTADDRREQ, EADDRNOTAVAIL, ENOENT, EOPNOTSUPP, EAFNOSUPPORT = 114, 89, 99, 2, 95, 97

defaults = {"timeout": None}


class socket:
    """A socket of the simulated network."""

    __module__ = "_socket"
    # The subclass in `socket` brings slots of its own, among them the one for weak references.
    __slots__ = ("_fd", "_end", "_timeout", "_family", "_type", "_proto", "_options")

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        self._fd = -1
        self._options = {}
        if fileno is not None:
            if isinstance(fileno, float):
                raise TypeError("integer argument expected, got float")
            if fileno < 0:
                raise ValueError("negative file descriptor")
            node = _descriptors.table.get(fileno).node
            if not isinstance(node, _network.Endpoint):
                raise OSError(88, "Socket operation on non-socket")
            self._fd, self._end = fileno, node
            self._family, self._type, self._proto = node.family, node.type, max(proto, 0)
            self._timeout = defaults["timeout"]
            return
        self._family = AF_INET if family == -1 else int(family)
        flags = SOCK_STREAM if type == -1 else int(type)
        self._type = flags & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)
        self._proto = 0 if proto == -1 else proto
        if self._family not in (AF_UNIX, AF_INET, AF_INET6):
            raise os_error(EAFNOSUPPORT)
        if self._type not in (SOCK_STREAM, SOCK_DGRAM):
            raise OSError(94, "Socket type not supported")
        self._end = _network.Endpoint(self._family, self._type)
        self._fd = adopt(self._end)
        self._timeout = 0.0 if flags & SOCK_NONBLOCK else defaults["timeout"]

    # --- what it is

    @property
    def family(self):
        """The family of its addresses."""
        return self._family

    @property
    def type(self):
        """Stream or datagram."""
        return self._type

    @property
    def proto(self):
        """The number of its protocol."""
        return self._proto

    @property
    def timeout(self):
        """The time after which calls give up."""
        return self._timeout

    def fileno(self):
        """Return the descriptor, or -1 once it is closed."""
        return self._fd

    def gettimeout(self):
        """Return the time after which calls give up."""
        return self._timeout

    def settimeout(self, value, /):
        """Set the time after which calls give up."""
        if value is not None:
            value = float(value)
            if value < 0:
                raise ValueError("Timeout value out of range")
        self._timeout = value
        self._note_blocking()

    def setblocking(self, flag, /):
        """Let calls wait, or not."""
        self._timeout = None if flag else 0.0
        self._note_blocking()

    def _note_blocking(self):
        """Who reads the descriptor itself, as `os.read` does, waits or not as well. What has a timeout does not."""
        description = _descriptors.table.open.get(self._fd)
        if description is not None:
            waits = description.flags & ~O_NONBLOCK
            description.flags = waits if self._timeout is None else waits | O_NONBLOCK

    def getblocking(self):
        """Return whether calls wait."""
        return self._timeout != 0

    def _check(self):
        if self._fd < 0:
            raise os_error(EBADF)
        return self._end

    def getsockname(self):
        """Return the socket's own address."""
        return _shown(self._check().local, self._family)

    def getpeername(self):
        """Return the address that the socket is connected to."""
        end = self._check()
        if end.state != "connected" and not (end.type == SOCK_DGRAM and end.remote):
            raise os_error(ENOTCONN)
        return _shown(end.remote, self._family)

    def getsockopt(self, level, optname, buflen=0, /):
        """Return an option's value."""
        end = self._check()
        if level == SOL_SOCKET:
            if optname == SO_ERROR:
                return end.take_error()
            if optname == SO_TYPE:
                return self._type
            if optname == SO_ACCEPTCONN:
                return int(end.backlog is not None)
            if optname in (SO_SNDBUF, SO_RCVBUF):
                return self._options.get((level, optname), 212992)
        value = self._options.get((level, optname), 0)
        return value.to_bytes(max(buflen, 4), "little") if buflen and isinstance(value, int) else value

    def setsockopt(self, level, optname, value, optlen=None, /):
        """Note an option's value."""
        self._check()
        self._options[level, optname] = value

    # --- connecting

    def bind(self, address, /):
        """Give the socket an address of its own."""
        end = self._check()
        if end.local not in (None, ""):
            raise os_error(EINVAL)
        address = _given(address, self._family)
        if self._family == AF_UNIX:
            _bind_path(end, address)
            return
        host, port = address[:2]
        if host not in _LOCAL and not host.startswith("127."):
            raise os_error(EADDRNOTAVAIL)
        if not port:
            port = _network.world.port(self._type)
            address = (host, port, *address[2:])
        key = (self._type, self._family, host, port)
        everywhere = "0.0.0.0" if self._family == AF_INET else "::"
        taken = [known for known in _network.world.bound if known[:2] == key[:2] and known[3] == port]
        if any(host in (known[2], everywhere) or known[2] == everywhere for known in taken):
            if not self._options.get((SOL_SOCKET, SO_REUSEPORT)):
                raise os_error(EADDRINUSE)
        end.bind(key, address)

    def listen(self, backlog=128, /):
        """Wait for connections."""
        end = self._check()
        if end.local is None:
            self.bind(("0.0.0.0" if self._family == AF_INET else "::", 0))
        end.backlog = max(backlog, 1)

    def _accept(self):
        end = self._check()
        if end.backlog is None:
            raise os_error(EINVAL)
        self._wait("socket.accept", end.is_readable)
        other = end.pending.pop(0)
        return adopt(other), _shown(other.remote, self._family)

    def connect(self, address, /):
        """Connect to an address."""
        error = self._connect(address)
        if error:
            raise os_error(error)

    def connect_ex(self, address, /):
        """Connect to an address; return the number of the error, or 0."""
        try:
            return self._connect(address)
        except TimeoutError:
            return EAGAIN

    def _connect(self, address):
        end = self._check()
        address = _given(address, self._family)
        if self._type == SOCK_DGRAM:
            self._name_itself(address)
            end.remote, end.state = address, "connected"
            return 0
        if end.state == "connecting":
            return EALREADY
        if end.state == "connected":
            return EISCONN
        if self._family == AF_UNIX and _network.world.find(SOCK_STREAM, AF_UNIX, address) is None:
            return ENOENT if not _path_exists(address) else _network.ECONNREFUSED
        self._name_itself(address)
        end.connect(address, end.local)
        if self._timeout == 0:
            return EINPROGRESS
        self._wait("socket.connect", lambda: end.state != "connecting")
        return end.take_error()

    def _name_itself(self, address):
        end = self._end
        if end.local is None:
            if self._family == AF_UNIX:
                end.local = ""
            else:
                host = {AF_INET: "127.0.0.1", AF_INET6: "::1"}[self._family]
                if address[0] not in _LOCAL and not address[0].startswith("127."):
                    host = "192.0.2.1"
                port = _network.world.port(self._type)
                rest = (0, 0) if self._family == AF_INET6 else ()
                end.bind((self._type, self._family, host, port), (host, port, *rest))

    def shutdown(self, how, /):
        """End one direction of the connection, or both."""
        end = self._check()
        if end.state != "connected":
            raise os_error(ENOTCONN)
        if how in (SHUT_WR, SHUT_RDWR):
            end.finish_sending()
        if how in (SHUT_RD, SHUT_RDWR):
            end.reads_no_more = True

    # --- waiting

    def _wait(self, name, look):
        """Wait until `look` is true, as long as the socket's timeout allows."""
        if look():
            return
        if self._timeout == 0:
            raise os_error(EAGAIN)
        patience = None if self._timeout is None else int(self._timeout * 1_000_000_000)
        if not _scheduler.wait(name, look, patience):
            raise TimeoutError("timed out")

    # --- bytes

    def send(self, data, flags=0, /):
        """Send bytes; return how many were taken."""
        return self._send("socket.send", memoryview(data).cast("B"))

    def _send(self, name, view):
        end = self._check()
        if self._type == SOCK_DGRAM:
            self._raise_error(end)
            if end.remote is None:
                raise os_error(EDESTADDRREQ)
            end.send_to(view, end.remote)
            return len(view)
        self._raise_error(end)
        is_left = self._family == AF_UNIX and end.peer is not None and end.peer.state == "closed"
        if end.was_reset or end.sends_no_more or is_left:
            raise os_error(EPIPE)
        if end.state != "connected":
            raise os_error(EPIPE if end.state == "new" and end.remote else ENOTCONN)
        if not view:
            return 0
        self._wait(name, end.is_writable)
        self._raise_error(end)
        if end.was_reset:
            raise os_error(EPIPE)
        return end.send(view)

    def _raise_error(self, end):
        error = end.take_error()
        if error:
            raise os_error(error)

    def sendall(self, data, flags=0, /):
        """Send all bytes, waiting for room as often as it takes."""
        view = memoryview(data).cast("B")
        while True:
            sent = self._send("socket.sendall", view)
            view = view[sent:]
            if not view:
                return

    def sendto(self, data, *arguments):
        """Send a datagram to an address."""
        if not 1 <= len(arguments) <= 2:
            raise TypeError(f"sendto() takes 2 or 3 arguments ({len(arguments) + 1} given)")
        end = self._check()
        view = memoryview(data).cast("B")
        if self._type == SOCK_STREAM:
            return self._send("socket.sendto", view)
        self._raise_error(end)
        address = _given(arguments[-1], self._family)
        self._name_itself(address)
        end.send_to(view, address)
        return len(view)

    def sendmsg(self, buffers, ancdata=(), flags=0, address=None, /):
        """Send the bytes of several buffers."""
        data = b"".join(bytes(buffer) for buffer in buffers)
        return self._send("socket.sendmsg", memoryview(data)) if address is None else self.sendto(data, address)

    def recv(self, bufsize, flags=0, /):
        """Receive at most so many bytes; none at the end."""
        if bufsize < 0:
            raise ValueError("negative buffersize in recv")
        return self._receive("socket.recv", bufsize, flags)[0]

    def _receive(self, name, count, flags=0):
        end = self._check()
        if self._type == SOCK_DGRAM:
            self._wait(name, end.is_readable)
            self._raise_error(end)
            if not end.datagrams:
                return b"", None
            data, source = end.datagrams[0] if flags & MSG_PEEK else end.datagrams.pop(0)
            return data[:count], source
        if end.state == "new" and not end.error:
            raise os_error(ENOTCONN)
        if count:
            self._wait(name, end.is_readable)
        if not end.received:
            self._raise_error(end)
        return end.receive(count, flags & MSG_PEEK), end.remote

    def recv_into(self, buffer, nbytes=0, flags=0):
        """Receive into a buffer; return how many bytes."""
        view = memoryview(buffer).cast("B")
        data = self._receive("socket.recv_into", nbytes or len(view), flags)[0]
        view[: len(data)] = data
        return len(data)

    def recvfrom(self, bufsize, flags=0, /):
        """Receive bytes and the address they come from."""
        data, source = self._receive("socket.recvfrom", bufsize, flags)
        return data, _shown(source, self._family)

    def recvfrom_into(self, buffer, nbytes=0, flags=0):
        """Receive into a buffer; return how many bytes and where they come from."""
        view = memoryview(buffer).cast("B")
        data, source = self._receive("socket.recvfrom_into", nbytes or len(view), flags)
        view[: len(data)] = data
        return len(data), _shown(source, self._family)

    def recvmsg(self, bufsize, ancbufsize=0, flags=0, /):
        """Receive bytes, with what comes beside them, which is nothing."""
        data, source = self._receive("socket.recvmsg", bufsize, flags)
        return data, [], 0, _shown(source, self._family)

    # --- the end

    def close(self):
        """Close the socket."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            _descriptors.table.remove(fd)

    def detach(self):
        """Give the descriptor away; return it."""
        fd, self._fd = self._fd, -1
        return fd

    def __repr__(self):
        return f"<socket object, fd={self._fd}, family={self._family}, type={self._type}, proto={self._proto}>"

    def __del__(self):
        if getattr(self, "_fd", -1) >= 0:
            import warnings

            warnings.warn(f"unclosed {self!r}", ResourceWarning, source=self)
            if self._fd in _descriptors.table.open:
                self.close()


def adopt(end):
    """Return a new descriptor for an endpoint."""
    return _descriptors.table.add(_descriptors.Description(end, O_RDWR))


def pair(family, type, proto):
    """Return two connected sockets."""
    if family != AF_UNIX:
        raise os_error(EOPNOTSUPP)
    first, second = socket(family, type, proto), socket(family, type, proto)
    first._end.pair(second._end)
    return first, second


# --- addresses ------------------------------------------------------------------------------------------------------

_LOCAL = {"", "0.0.0.0", "127.0.0.1", "::", "::1", "localhost", "loopscope", "192.0.2.1"}


def _given(address, family):
    """Return an address as the network knows it: with a number for the host."""
    if family == AF_UNIX:
        if isinstance(address, bytes):
            address = address.decode("utf-8", "surrogateescape")
        if not isinstance(address, str):
            raise TypeError(f"a bytes-like object is required, not '{type(address).__name__}'")
        return address if address.startswith("\0") else _absolute(address)
    name = "AF_INET" if family == AF_INET else "AF_INET6"
    if not isinstance(address, tuple):
        raise TypeError(f"{name} address must be tuple, not {type(address).__name__}")
    if not 2 <= len(address) <= (2 if family == AF_INET else 4):
        kind = "a pair (host, port)" if family == AF_INET else "a tuple (host, port[, flowinfo[, scopeid]])"
        raise TypeError(f"{name} address must be {kind}")
    host, port = address[:2]
    if not 0 <= port <= 65535:
        raise OverflowError("bind(): port must be 0-65535.")
    if host == "":
        number = "0.0.0.0" if family == AF_INET else "::"
    else:
        import _socket

        number = _socket.getaddrinfo(host, port, family)[0][4][0]
    return (number, port) if family == AF_INET else (number, port, *(tuple(address[2:]) + (0, 0))[:2])


def _shown(address, family):
    if family == AF_UNIX:
        return address or ""
    if address is None:
        return ("0.0.0.0", 0) if family == AF_INET else ("::", 0, 0, 0)
    return address


def _absolute(path):
    import posix

    return path if path.startswith("/") else posix.getcwd() + "/" + path


def _path_exists(path):
    import posix

    try:
        posix.stat(path)
    except OSError:
        return False
    return True


def _bind_path(end, path):
    """A unix socket is a node in the file tree, unless its name begins with a zero byte."""
    if not path.startswith("\0"):
        from _filesystem import tree

        shown = (path,)
        directory, name, node = tree.walk(path, tree.working, True, shown)
        if node is not None:
            raise os_error(EADDRINUSE)
        directory.add(name, end)
    end.bind((end.type, AF_UNIX, path), path)
