"""The half of `posix` that is about the process and the machine rather than about files.

What is simulated: one ordinary user's process on a quiet Linux machine with four processors and no terminal. The page
has no processes to start, so `fork`, `exec` and their like raise and name the nearest thing that works.
"""

import sys as _sys

import _loopscope as _host
import _scheduler
from _errno_names import os_error as _error
from _structseq import structseq as _structseq

_PROCESS, _PARENT, _USER = 1000, 999, 1000

_NO_PROCESSES = (
    "{} cannot work here: the page that runs this program has no other processes. "
    "Call the Python function directly, or in a thread (asyncio.to_thread)."
)

terminal_size = _structseq("os.terminal_size", "columns lines", doc="The size of a terminal.")
uname_result = _structseq("posix.uname_result", "sysname nodename release version machine", doc="The system's name.")
times_result = _structseq(
    "posix.times_result", "user system children_user children_system elapsed", doc="The times of the process."
)
sched_param = _structseq("posix.sched_param", "sched_priority", doc="The parameters of a scheduling policy.")

confstr_names = {"CS_PATH": 0, "CS_GNU_LIBC_VERSION": 2}
_CONFSTR = {0: "/bin:/usr/bin", 2: "glibc 2.41"}
pathconf_names = {"PC_LINK_MAX": 0, "PC_NAME_MAX": 3, "PC_PATH_MAX": 4, "PC_PIPE_BUF": 5}
sysconf_names = {
    "SC_ARG_MAX": 0, "SC_CLK_TCK": 2, "SC_OPEN_MAX": 4, "SC_PAGESIZE": 30, "SC_PAGE_SIZE": 30, "SC_IOV_MAX": 60,
    "SC_NPROCESSORS_CONF": 83, "SC_NPROCESSORS_ONLN": 84, "SC_PHYS_PAGES": 85,
}
_PATHCONF = {0: 127, 3: 255, 4: 4096, 5: 4096}
_SYSCONF = {0: 2097152, 2: 100, 4: 1024, 30: 4096, 60: 1024, 83: 4, 84: 4, 85: 131072}


def getpid():
    """Return the number of the process, which may be one that `multiprocessing` simulates."""
    process = _scheduler.current.process
    return _PROCESS if process is None else process._lane_pid


def getppid():
    """Return the number of the process that would have started this one, or has."""
    process = _scheduler.current.process
    return _PARENT if process is None else process._parent_pid


def getpgid(pid, /):
    """Return the process group of a process."""
    return _PROCESS


def getsid(pid, /):
    """Return the session of a process."""
    return _PROCESS


def getpgrp():
    """Return the process group."""
    return _PROCESS


def getuid():
    """Return the number of the user."""
    return _USER


geteuid = getgid = getegid = getuid


def getresuid():
    """Return the real, effective and saved user."""
    return _USER, _USER, _USER


getresgid = getresuid


def getgroups():
    """Return the groups of the user."""
    return [_USER]


def getlogin():
    """Return the name of the user."""
    return "user"


def getloadavg():
    """Return the load of the machine, on which nothing else runs."""
    return 0.0, 0.0, 0.0


def getpriority(which, who):
    """Return the ordinary priority."""
    return 0


def cpu_count():
    """Return the number of processors of the simulated machine."""
    return 4


def sched_getaffinity(pid, /):
    """Return the processors that the process may use."""
    return {0, 1, 2, 3}


def sched_yield():
    """Do nothing: no other process waits for the processor."""


def uname():
    """Return the name of the simulated system."""
    return uname_result(("Linux", "loopscope", "6.12.0", "#1 SMP", "x86_64"))


def times():
    """Return the time that the process has used, which is the time that has passed."""
    seconds = _host.now_ns() // 10_000_000 / 100
    return times_result((seconds, 0.0, 0.0, 0.0, seconds))


def sysconf(name, /):
    """Return a limit of the system."""
    return _configured(name, sysconf_names, _SYSCONF)


def pathconf(path, name):
    """Return a limit of the file system."""
    return _configured(name, pathconf_names, _PATHCONF)


def fpathconf(fd, name, /):
    """Return a limit of the file system."""
    return _configured(name, pathconf_names, _PATHCONF)


def _configured(name, names, values):
    if isinstance(name, str):
        if name not in names:
            raise ValueError("unrecognized configuration name")
        name = names[name]
    if name not in values:
        raise _error(22)
    return values[name]


def confstr(name, /):
    """Return a text of the system's configuration."""
    return _configured(name, confstr_names, _CONFSTR)


def major(device, /):
    """Return the major number of a device."""
    return device >> 8 & 0xFFF


def minor(device, /):
    """Return the minor number of a device."""
    return device & 0xFF | device >> 12 & 0xFFF00


def makedev(major, minor, /):
    """Return the number of a device."""
    return minor & 0xFF | major << 8 | (minor & 0xFFF00) << 12


def register_at_fork(*, before=None, after_in_child=None, after_in_parent=None):
    """Accept functions to be called around a fork, which never happens."""
    if before is after_in_child is after_in_parent is None:
        raise TypeError("At least one argument is required.")


def _exit(status):
    """End the run at once."""
    _host.exit(status)


def abort():
    """End the run at once, as the signal SIGABRT would."""
    _host.exit(134)


def kill(pid, signal, /):
    """Send a signal to a process. Its handler runs at once; no process is there but this one and those it simulates."""
    if not 0 <= signal <= 64:
        raise _error(22)
    if pid not in (_PROCESS, 0, -_PROCESS, -1):
        simulated = _sys.modules.get("multiprocessing.popen_fork")
        if simulated is None or not simulated.send_signal(pid, signal):
            raise _error(3)
    elif signal:
        import _signal

        _signal.arrive(signal)


def killpg(pgid, signal, /):
    """Send a signal to a process group, which is this process."""
    if pgid != _PROCESS:
        raise _error(3)
    kill(pgid, signal)


def _no_child(*arguments, **options):
    """Raise ChildProcessError: there are no children to wait for."""
    raise _error(10)


wait = wait3 = wait4 = waitid = waitpid = _no_child


def _no_processes(name):
    def refuse(*arguments, **options):
        _host.block(f"os.{name}", 0)
        raise OSError(38, _NO_PROCESSES.format(f"os.{name}()"))

    refuse.__name__ = refuse.__qualname__ = name
    refuse.__doc__ = "Raise OSError: there are no processes to start."
    return refuse


fork = _no_processes("fork")
forkpty = _no_processes("forkpty")
execv = _no_processes("execv")
execve = _no_processes("execve")
posix_spawn = _no_processes("posix_spawn")
posix_spawnp = _no_processes("posix_spawnp")
system = _no_processes("system")


def putenv(name, value, /):
    """Accept a variable; only a child process would read it from here, and there is none."""


def unsetenv(name, /):
    """Accept the removal of a variable; only a child process would notice it."""


def urandom(size, /):
    """Return random bytes, which are the same in every run with the same seed."""
    if size < 0:
        raise ValueError("negative argument not allowed")
    return _host.urandom(size)


def getrandom(size, flags=0):
    """Return random bytes, which are the same in every run with the same seed."""
    return urandom(size)


def get_terminal_size(fd=1, /):
    """Refuse: a run has no terminal."""
    raise _error(25)  # ENOTTY


def ttyname(fd, /):
    """Refuse: a run has no terminal."""
    raise _error(25)  # ENOTTY


def device_encoding(fd):
    """Return None: a run has no terminal."""
    return None
