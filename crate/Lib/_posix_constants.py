"""The numbers of Linux that `posix` offers: flags, modes, exit codes, and how a child's status is taken apart."""

F_OK, X_OK, W_OK, R_OK = 0, 1, 2, 4

O_RDONLY, O_WRONLY, O_RDWR, O_ACCMODE = 0, 1, 2, 3
O_CREAT = 0o100
O_EXCL = 0o200
O_NOCTTY = 0o400
O_TRUNC = 0o1000
O_APPEND = 0o2000
O_NONBLOCK = O_NDELAY = 0o4000
O_DSYNC = 0o10000
O_ASYNC = 0o20000
O_DIRECT = 0o40000
O_LARGEFILE = 0
O_DIRECTORY = 0o200000
O_NOFOLLOW = 0o400000
O_NOATIME = 0o1000000
O_CLOEXEC = 0o2000000
O_SYNC = O_FSYNC = O_RSYNC = 0o4010000
O_PATH = 0o10000000

SEEK_DATA, SEEK_HOLE = 3, 4
F_ULOCK, F_LOCK, F_TLOCK, F_TEST = 0, 1, 2, 3

EX_OK = 0
(
    EX_USAGE, EX_DATAERR, EX_NOINPUT, EX_NOUSER, EX_NOHOST, EX_UNAVAILABLE, EX_SOFTWARE, EX_OSERR, EX_OSFILE,
    EX_CANTCREAT, EX_IOERR, EX_TEMPFAIL, EX_PROTOCOL, EX_NOPERM, EX_CONFIG,
) = range(64, 79)

WNOHANG, WUNTRACED, WSTOPPED, WEXITED, WCONTINUED, WNOWAIT = 1, 2, 2, 4, 8, 0x1000000
P_ALL, P_PID, P_PGID, P_PIDFD = 0, 1, 2, 3
CLD_EXITED, CLD_KILLED, CLD_DUMPED, CLD_TRAPPED, CLD_STOPPED, CLD_CONTINUED = 1, 2, 3, 4, 5, 6
POSIX_SPAWN_OPEN, POSIX_SPAWN_CLOSE, POSIX_SPAWN_DUP2 = 0, 1, 2
PRIO_PROCESS, PRIO_PGRP, PRIO_USER = 0, 1, 2
SCHED_OTHER, SCHED_FIFO, SCHED_RR, SCHED_BATCH, SCHED_IDLE = 0, 1, 2, 3, 5
RTLD_LAZY, RTLD_NOW, RTLD_NOLOAD, RTLD_DEEPBIND = 1, 2, 4, 8
RTLD_GLOBAL, RTLD_LOCAL, RTLD_NODELETE = 256, 0, 4096
GRND_NONBLOCK, GRND_RANDOM = 1, 2
NGROUPS_MAX = 65536
TMP_MAX = 238328
ST_RDONLY, ST_NOSUID, ST_NODEV, ST_NOEXEC, ST_SYNCHRONOUS = 1, 2, 4, 8, 16


def WIFEXITED(status):
    """Return True if the process ended by itself."""
    return status & 0x7F == 0


def WEXITSTATUS(status):
    """Return the exit code of a process that ended by itself."""
    return status >> 8 & 0xFF


def WIFSIGNALED(status):
    """Return True if a signal ended the process."""
    return status & 0x7F not in (0, 0x7F)


def WTERMSIG(status):
    """Return the signal that ended the process."""
    return status & 0x7F


def WCOREDUMP(status):
    """Return True if the process left a core dump."""
    return bool(status & 0x80)


def WIFSTOPPED(status):
    """Return True if a signal stopped the process."""
    return status & 0xFF == 0x7F


def WSTOPSIG(status):
    """Return the signal that stopped the process."""
    return status >> 8 & 0xFF


def WIFCONTINUED(status):
    """Return True if the process was resumed."""
    return status == 0xFFFF


def waitstatus_to_exitcode(status):
    """Return what `subprocess` calls the return code: the exit code, or minus the number of a signal."""
    if WIFEXITED(status):
        return WEXITSTATUS(status)
    if WIFSIGNALED(status):
        return -WTERMSIG(status)
    raise ValueError(f"process stopped by delivery of signal {WSTOPSIG(status)}" if WIFSTOPPED(status)
                     else f"invalid wait status: {status}")
