"""File descriptors over the tree in memory, with the standard streams as the first three.

Each call that an ordinary program would wait for the disk with costs virtual time, so that it can be seen on the
loop. What is simulated: the disk is a fast one, and the standard streams and the devices cost nothing.
"""

import _loopscope
import _scheduler
from _errno_names import os_error
from _filesystem import Device, Directory, File, Link, Node, Pipe, S_IFIFO, S_IFSOCK, tree
from _posix_constants import (
    O_ACCMODE, O_APPEND, O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY,
)

EPERM, ENOENT, EBADF, EAGAIN, EACCES, EEXIST, ENOTDIR, EISDIR = 1, 2, 9, 11, 13, 17, 20, 21
EINVAL, EFBIG, ESPIPE, EPIPE, ELOOP = 22, 27, 29, 32, 40

_OPEN_NS = 20_000
_TRANSFER_NS = 10_000
_LARGEST_FILE = 256 * 1024 * 1024


class Stream(Node):
    """A standard stream, which leads out of the run."""

    kind = S_IFIFO

    def __init__(self, fd):
        super().__init__(0o600)
        self.fd = fd
        self.unread = None

    def read(self, count):
        if self.fd != 0:
            raise os_error(EBADF)
        if self.unread is None:
            self.unread = _loopscope.stdin().encode("utf-8", "surrogatepass")
        data, self.unread = self.unread[:count], self.unread[count:]
        return data

    def write(self, data):
        if self.fd == 0:
            raise os_error(EBADF)
        _loopscope.write(self.fd, data)
        return len(data)


class Wakeup(Node):
    """Where the numbers of signals are written for an event loop, which is called instead of woken."""

    kind = S_IFIFO

    def __init__(self, arrived):
        super().__init__(0o600)
        self.arrived = arrived

    def write(self, data):
        for number in data:
            self.arrived(number)
        return len(data)


class Description:
    """An open file: what several descriptors share after `dup`."""

    def __init__(self, node, flags):
        self.node = node
        self.flags = flags
        self.offset = 0
        self.users = 0

    @property
    def is_readable(self):
        return self.flags & O_ACCMODE in (O_RDONLY, O_RDWR)

    @property
    def is_writable(self):
        return self.flags & O_ACCMODE in (O_WRONLY, O_RDWR)


class Table:
    """Which descriptors are open, and which of them a child would inherit."""

    def __init__(self):
        self.open = {}
        self.inheritable = {0, 1, 2}
        for fd in range(3):
            self.add(Description(Stream(fd), O_RDONLY if fd == 0 else O_WRONLY))

    def add(self, description, fd=None):
        if fd is None:
            fd = 0
            while fd in self.open:
                fd += 1
        description.users += 1
        self.open[fd] = description
        return fd

    def get(self, fd, *shown):
        description = self.open.get(fd)
        if description is None:
            raise os_error(EBADF, *shown)
        return description

    def remove(self, fd):
        description = self.get(fd)
        del self.open[fd]
        self.inheritable.discard(fd)
        description.users -= 1
        if not description.users and isinstance(description.node, Pipe):
            description.node.readers -= description.is_readable
            description.node.writers -= description.is_writable
        elif not description.users and hasattr(description.node, "closed"):
            description.node.closed()


table = Table()


def integer(value):
    """Return a descriptor given as an integer, or refuse what is none."""
    if isinstance(value, int):
        return int(value)
    if hasattr(value, "__index__"):
        return value.__index__()
    raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")


def open_node(path, start, flags, permissions, shown):
    """Open what a path leads to, making it if the flags say so; return the descriptor."""
    _loopscope.block("open", _OPEN_NS)
    directory, name, node = tree.walk(path, start, not flags & O_NOFOLLOW, shown)
    wants_to_write = flags & O_ACCMODE != O_RDONLY
    if node is None:
        if not flags & O_CREAT:
            raise os_error(ENOENT, *shown)
        if path.endswith("/"):
            raise os_error(EISDIR, *shown)
        if not directory.permissions & 0o200:
            raise os_error(EACCES, *shown)
        node = File(permissions)
        directory.add(name, node)
    else:
        _check_open(node, flags, wants_to_write, shown)
    if flags & O_TRUNC and wants_to_write and isinstance(node, File):
        node.data.clear()
        node.touch()
    return table.add(Description(node, flags))


def _check_open(node, flags, wants_to_write, shown):
    if flags & O_CREAT and flags & O_EXCL:
        raise os_error(EEXIST, *shown)
    if isinstance(node, Link):
        raise os_error(ELOOP, *shown)
    if isinstance(node, Directory):
        if wants_to_write or flags & O_CREAT:
            raise os_error(EISDIR, *shown)
    elif flags & O_DIRECTORY:
        raise os_error(ENOTDIR, *shown)
    wants_to_read = flags & O_ACCMODE != O_WRONLY
    if (wants_to_read and not node.permissions & 0o400) or (wants_to_write and not node.permissions & 0o200):
        raise os_error(EACCES, *shown)


def read(fd, count, offset=None):
    """Read at most `count` bytes, from the description's offset or from a given one."""
    description = table.get(fd)
    node = description.node
    if not description.is_readable:
        raise os_error(EBADF)
    if count < 0:
        raise os_error(EINVAL)
    if isinstance(node, Directory):
        raise os_error(EISDIR)
    if isinstance(node, Stream):
        return node.read(count)
    if isinstance(node, Device):
        return node.fill(count) if node.fill else b""
    if isinstance(node, Pipe):
        return _read_pipe(description, count)
    if node.kind == S_IFSOCK:
        return _over(fd, description, lambda socket: socket.recv(count))
    start = description.offset if offset is None else offset
    data = bytes(node.data[start : start + count])
    if offset is None:
        description.offset += len(data)
    _loopscope.block("read", _TRANSFER_NS + len(data))
    return data


def _over(fd, description, action):
    """Do something with the socket that a descriptor leads to; whether that waits is up to the descriptor."""
    from _sockets import socket

    borrowed = socket(fileno=fd)
    try:
        borrowed.setblocking(not description.flags & O_NONBLOCK)
        return action(borrowed)
    finally:
        borrowed.detach()


def _read_pipe(description, count):
    pipe = description.node
    if not pipe.data and pipe.writers:
        if description.flags & O_NONBLOCK:
            raise os_error(EAGAIN)
        _scheduler.wait("os.read", lambda: pipe.data or not pipe.writers)
    data = bytes(pipe.data[:count])
    del pipe.data[:count]
    return data


def write(fd, data, offset=None):
    """Write bytes at the description's offset, at the file's end, or at a given offset; return how many."""
    description = table.get(fd)
    node = description.node
    if not description.is_writable:
        raise os_error(EBADF)
    data = bytes(data)
    if isinstance(node, (Stream, Wakeup)):
        return node.write(data)
    if isinstance(node, Device):
        return len(data)
    if isinstance(node, Pipe):
        return _write_pipe(description, data)
    if node.kind == S_IFSOCK:
        return _over(fd, description, lambda socket: socket.send(data))
    start = description.offset if offset is None else offset
    if description.flags & O_APPEND:
        start = len(node.data)
    if start + len(data) > _LARGEST_FILE:
        raise os_error(EFBIG)
    if start > len(node.data):
        node.data.extend(bytes(start - len(node.data)))
    node.data[start : start + len(data)] = data
    node.touch()
    if offset is None:
        description.offset = start + len(data)
    _loopscope.block("write", _TRANSFER_NS + len(data))
    return len(data)


def _write_pipe(description, data):
    pipe = description.node
    if not pipe.readers:
        raise os_error(EPIPE)
    room = pipe.capacity - len(pipe.data)
    if room < len(data) and (description.flags & O_NONBLOCK):
        if not room:
            raise os_error(EAGAIN)
        data = data[:room]
    pipe.data.extend(data)
    return len(data)


def seek(fd, offset, whence):
    """Move the description's offset."""
    description = table.get(fd)
    node = description.node
    if isinstance(node, (Pipe, Stream)):
        raise os_error(ESPIPE)
    if isinstance(node, Device):
        return 0
    base = {0: 0, 1: description.offset, 2: node.size}.get(whence)
    if base is None or base + offset < 0:
        raise os_error(EINVAL)
    description.offset = base + offset
    return description.offset


def resize(node, length, *shown):
    """Cut a file off or fill it up with zeros."""
    if isinstance(node, Directory):
        raise os_error(EISDIR, *shown)
    if length < 0 or not isinstance(node, File):
        raise os_error(EINVAL, *shown)
    if length > _LARGEST_FILE:
        raise os_error(EFBIG, *shown)
    del node.data[length:]
    node.data.extend(bytes(length - len(node.data)))
    node.touch()


def make_pipe(flags):
    """Open a new pipe; return the descriptors of its two ends."""
    pipe = Pipe()
    return table.add(Description(pipe, O_RDONLY | flags)), table.add(Description(pipe, O_WRONLY | flags))


def is_ready(fd):
    """Return whether a read and whether a write would go on at once, as `select` and `poll` tell it."""
    return would_go_on(table.get(fd), True, True)


def would_go_on(description, read, write):
    """The same of an open description, for what is asked: a loop with many connections asks for little of each, often."""
    node = description.node
    if hasattr(node, "is_readable"):
        return read and node.is_readable(), write and node.is_writable()
    if isinstance(node, Pipe):
        readable = read and description.is_readable and (bool(node.data) or not node.writers)
        writable = write and description.is_writable and (len(node.data) < node.capacity or not node.readers)
        return readable, writable
    return read and description.is_readable, write and description.is_writable
