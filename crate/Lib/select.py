"""Waiting for descriptors, of which only those in memory ever become ready.

What is simulated: pipes are ready when they hold data, files and the standard streams always are, and nothing else
arrives. A wait with a timeout moves the virtual clock; a wait without an end that nothing can end is an error.
"""

import _descriptors
import _scheduler
from _native import publish as _publish

error = OSError

POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL = 1, 2, 4, 8, 16, 32
POLLRDNORM, POLLRDBAND, POLLWRNORM, POLLWRBAND, POLLMSG, POLLRDHUP = 64, 128, 256, 512, 1024, 8192
EPOLLIN, EPOLLPRI, EPOLLOUT, EPOLLERR, EPOLLHUP = 1, 2, 4, 8, 16
EPOLLRDNORM, EPOLLRDBAND, EPOLLWRNORM, EPOLLWRBAND, EPOLLMSG, EPOLLRDHUP = 64, 128, 256, 512, 1024, 8192
EPOLLEXCLUSIVE, EPOLLWAKEUP, EPOLLONESHOT, EPOLLET = 1 << 28, 1 << 29, 1 << 30, 1 << 31
EPOLL_CLOEXEC = 0o2000000
PIPE_BUF = 4096


def _descriptor(file):
    if isinstance(file, int):
        fd = int(file)
    elif hasattr(file, "fileno"):
        fd = file.fileno()
        if not isinstance(fd, int):
            raise TypeError("fileno() returned a non-integer")
    else:
        raise TypeError("argument must be an int, or have a fileno() method.")
    if fd < 0:
        raise ValueError(f"file descriptor cannot be a negative integer ({fd})")
    return fd


def _wait(name, seconds, look):
    """Return what `look` finds; if that is nothing, let others run, and then let the time pass."""
    found = look()
    if found or seconds == 0:
        return found
    patience = None if seconds is None or seconds < 0 else int(seconds * 1_000_000_000)
    _scheduler.wait(name, look, patience)
    return look()


def select(rlist, wlist, xlist, timeout=None, /):
    """Wait until a descriptor is ready; return those that are ready to be read, to be written, and in trouble."""
    if timeout is not None:
        if not hasattr(timeout, "__float__") and not hasattr(timeout, "__index__"):
            raise TypeError("timeout must be a float or None")
        if timeout < 0:
            raise ValueError("timeout must be non-negative")
    readers = [(file, _descriptor(file)) for file in rlist]
    writers = [(file, _descriptor(file)) for file in wlist]
    for file in xlist:
        _descriptor(file)

    def look():
        readable = [file for file, fd in readers if _descriptors.is_ready(fd)[0]]
        writable = [file for file, fd in writers if _descriptors.is_ready(fd)[1]]
        return (readable, writable) if readable or writable else None

    readable, writable = _wait("select.select", timeout, look) or ([], [])
    return readable, writable, []


class _Watch:
    """Descriptors and the events that are of interest, which `poll` and `epoll` have in common."""

    def __init__(self):
        self._watched = {}

    def unregister(self, fd, /):
        """Stop watching a descriptor."""
        fd = _descriptor(fd)
        if fd not in self._watched:
            raise self._missing(fd)
        del self._watched[fd]

    def _missing(self, fd):
        return KeyError(fd)

    def modify(self, fd, eventmask, /):
        """Watch a descriptor for other events."""
        fd = _descriptor(fd)
        if fd not in self._watched:
            raise FileNotFoundError(2, "No such file or directory")
        self._watched[fd] = eventmask

    def _look(self):
        found = []
        for fd, mask in self._watched.items():
            if fd not in _descriptors.table.open:
                found.append((fd, POLLNVAL))
                continue
            readable, writable = _descriptors.is_ready(fd)
            events = mask & (POLLIN * readable | POLLOUT * writable)
            if events:
                found.append((fd, events))
        return found


class poll(_Watch):
    """Waiting for many descriptors."""

    def register(self, fd, eventmask=POLLIN | POLLPRI | POLLOUT, /):
        """Watch a descriptor."""
        self._watched[_descriptor(fd)] = eventmask

    def poll(self, timeout=None, /):
        """Wait for so many milliseconds; return the descriptors with their events."""
        return _wait("select.poll", None if timeout is None else timeout / 1000, self._look)


class epoll(_Watch):
    """Waiting for many descriptors, with a descriptor of its own on other systems."""

    def __init__(self, sizehint=-1, flags=0):
        super().__init__()
        self.closed = False

    def register(self, fd, eventmask=EPOLLIN | EPOLLPRI | EPOLLOUT):
        """Watch a descriptor."""
        self._check()
        fd = _descriptor(fd)
        if fd in self._watched:
            raise FileExistsError(17, "File exists")
        self._watched[fd] = eventmask

    def poll(self, timeout=None, maxevents=-1):
        """Wait for so many seconds; return the descriptors with their events."""
        self._check()
        found = _wait("select.epoll", timeout, self._look)
        return found[:maxevents] if maxevents > 0 else found

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed epoll object")

    def _missing(self, fd):
        return FileNotFoundError(2, "No such file or directory")

    def fileno(self):
        """Refuse: this object has no descriptor of its own."""
        self._check()
        raise OSError(9, "Bad file descriptor")

    def close(self):
        """Stop watching everything."""
        self._watched.clear()
        self.closed = True

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, exc_type=None, exc_value=None, exc_tb=None):
        self.close()


_publish(globals())
