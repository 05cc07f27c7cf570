"""Control of descriptors: the flags that exist here, and file locks that nobody else could hold.

What is simulated: there is one process, so every lock is granted at once.
"""

import _descriptors
import posix
from _native import publish as _publish

F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW = range(8)
F_SETOWN, F_GETOWN, F_SETSIG, F_GETSIG = 8, 9, 10, 11
F_RDLCK, F_WRLCK, F_UNLCK = 0, 1, 2
F_DUPFD_CLOEXEC, F_SETPIPE_SZ, F_GETPIPE_SZ = 1030, 1031, 1032
FD_CLOEXEC = 1
LOCK_SH, LOCK_EX, LOCK_NB, LOCK_UN = 1, 2, 4, 8

_CHANGEABLE = posix.O_APPEND | posix.O_NONBLOCK | posix.O_DIRECT | posix.O_NOATIME


def _descriptor(file):
    return file if isinstance(file, int) else file.fileno()


def fcntl(fd, cmd, arg=0, /):
    """Ask for or change the flags of a descriptor."""
    fd = _descriptor(fd)
    description = _descriptors.table.get(fd)
    if cmd in (F_DUPFD, F_DUPFD_CLOEXEC):
        return _descriptors.table.add(description)
    if cmd == F_GETFD:
        return 0 if posix.get_inheritable(fd) else FD_CLOEXEC
    if cmd == F_SETFD:
        posix.set_inheritable(fd, not arg & FD_CLOEXEC)
        return 0
    if cmd == F_GETFL:
        return description.flags
    if cmd == F_SETFL:
        description.flags = description.flags & ~_CHANGEABLE | arg & _CHANGEABLE
        return 0
    if cmd in (F_GETPIPE_SZ, F_SETPIPE_SZ):
        return 65536
    raise OSError(22, "Invalid argument")


def ioctl(fd, request, arg=0, mutate_flag=True, /):
    """Refuse: no descriptor leads to a device that could be controlled."""
    _descriptors.table.get(_descriptor(fd))
    raise OSError(25, "Inappropriate ioctl for device")


def flock(fd, operation, /):
    """Lock a file, which always succeeds."""
    _descriptors.table.get(_descriptor(fd))


def lockf(fd, cmd, len=0, start=0, whence=0, /):
    """Lock a part of a file, which always succeeds."""
    _descriptors.table.get(_descriptor(fd))


_publish(globals())
