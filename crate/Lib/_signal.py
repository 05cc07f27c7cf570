"""Signals, which the program sends itself, a timer of its own sends, or the options of the run send at a moment.

What is simulated: the main thread handles a signal at once if it is the one that runs, and otherwise where it next waits or
its loop next turns. Code that computes is interrupted within CPython's switch interval, unless it is the library's.
"""

import _scheduler
import _thread
from _structseq import structseq
from _native import publish as _publish

_NUMBERS = dict(
    SIGHUP=1, SIGINT=2, SIGQUIT=3, SIGILL=4, SIGTRAP=5, SIGABRT=6, SIGIOT=6, SIGBUS=7, SIGFPE=8, SIGKILL=9,
    SIGUSR1=10, SIGSEGV=11, SIGUSR2=12, SIGPIPE=13, SIGALRM=14, SIGTERM=15, SIGSTKFLT=16, SIGCHLD=17, SIGCLD=17,
    SIGCONT=18, SIGSTOP=19, SIGTSTP=20, SIGTTIN=21, SIGTTOU=22, SIGURG=23, SIGXCPU=24, SIGXFSZ=25, SIGVTALRM=26,
    SIGPROF=27, SIGWINCH=28, SIGIO=29, SIGPOLL=29, SIGPWR=30, SIGSYS=31, SIGRTMIN=34, SIGRTMAX=64,
)
globals().update(_NUMBERS)

SIG_DFL, SIG_IGN = 0, 1
SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK = 0, 1, 2
ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF = 0, 1, 2
NSIG = 65

# The signals whose default is to do nothing: SIGCHLD, SIGCONT, SIGURG, SIGWINCH.
_HARMLESS = {17, 18, 23, 28}
_UNCATCHABLE = {9, 19}

_TEXTS = (
    "Hangup", "Interrupt", "Quit", "Illegal instruction", "Trace/breakpoint trap", "Aborted", "Bus error",
    "Floating point exception", "Killed", "User defined signal 1", "Segmentation fault", "User defined signal 2",
    "Broken pipe", "Alarm clock", "Terminated", "Stack fault", "Child exited", "Continued", "Stopped (signal)",
    "Stopped", "Stopped (tty input)", "Stopped (tty output)", "Urgent I/O condition", "CPU time limit exceeded",
    "File size limit exceeded", "Virtual timer expired", "Profiling timer expired", "Window changed",
    "I/O possible", "Power failure", "Bad system call",
)

ItimerError = type("itimer_error", (OSError,), {"__module__": "signal"})
struct_siginfo = structseq(
    "signal.struct_siginfo", "si_signo si_code si_errno si_pid si_uid si_status si_band",
    doc="What is known about a signal that arrived.",
)


def default_int_handler(signalnum, frame, /):
    """Raise KeyboardInterrupt, as SIGINT does unless a program says otherwise."""
    raise KeyboardInterrupt


_handlers = {number: SIG_DFL for number in range(1, NSIG) if number not in (32, 33)}
_handlers[13] = _handlers[25] = SIG_IGN
_blocked = set()
_waiting = []
_wakeup_fd = -1


def _check(signalnum):
    if not isinstance(signalnum, int):
        raise TypeError(f"'{type(signalnum).__name__}' object cannot be interpreted as an integer")
    if not 1 <= signalnum < NSIG:
        raise ValueError("signal number out of range")
    return int(signalnum)


def _check_thread(text):
    if _thread.get_ident() != _thread._get_main_thread_ident():
        raise ValueError(text)


def signal(signalnum, handler, /):
    """Set what is done when a signal arrives; return what was done before."""
    if handler not in (SIG_DFL, SIG_IGN) and not callable(handler):
        raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    handlers = _own_handlers()
    if handlers is _handlers:
        _check_thread("signal only works in main thread of the main interpreter")
    number = _check(signalnum)
    if number not in handlers or number in _UNCATCHABLE:
        raise OSError(22, "Invalid argument")
    previous, handlers[number] = handlers[number], handler
    return previous


def getsignal(signalnum, /):
    """Return what is done when a signal arrives."""
    return _own_handlers().get(_check(signalnum))


def _own_handlers():
    """The handlers of the process that runs: one that `multiprocessing` simulates has its own, and gets no signal."""
    process = _scheduler.current.process
    return _handlers if process is None else process.__dict__.setdefault("_signal_handlers", dict(_handlers))


def deliver(number):
    """Let a signal arrive. Its handler runs here and now unless the signal is blocked."""
    import sys

    if number in _blocked:
        if number not in _waiting:
            _waiting.append(number)
        return
    handler = _handlers.get(number, SIG_DFL)
    if handler == SIG_IGN or (handler == SIG_DFL and number in _HARMLESS):
        return
    if handler == SIG_DFL:
        import posix

        # A process that a signal ends leaves this status to a shell.
        posix._exit(128 + number)
        return
    if _wakeup_fd >= 0:
        import posix

        posix.write(_wakeup_fd, bytes([number]))
    _handled[0] += 1
    handler(number, sys._getframe(1))


def arrive(number):
    """A signal has come: the main thread handles it, now or when it next waits."""
    if _scheduler.current is _scheduler.main:
        deliver(number)
    else:
        _scheduler.interrupts.append(lambda: deliver(number))


def begin_run(signals):
    """Set the signals that the run's options send."""
    for number, moment in signals:
        _at(moment, lambda number=number: arrive(number))


def _at(moment, action):
    """Call `action` at a moment, also while the main thread computes."""
    import _lanes

    _lanes.share_with(_scheduler.share)
    return _scheduler.at(moment, action)


def raise_signal(signalnum, /):
    """Send a signal to the program itself."""
    if signalnum not in _handlers:
        raise OSError(22, "Invalid argument")
    arrive(int(signalnum))


def pthread_kill(thread_id, signalnum, /):
    """Send a signal to a thread. As in CPython, the main thread handles it."""
    if signalnum:
        arrive(_check(signalnum))


def pthread_sigmask(how, mask, /):
    """Block signals or let them through; return those that were blocked."""
    previous = set(_blocked)
    numbers = {_check(number) for number in mask} - _UNCATCHABLE
    if how == SIG_BLOCK:
        _blocked.update(numbers)
    elif how == SIG_UNBLOCK:
        _blocked.difference_update(numbers)
    elif how == SIG_SETMASK:
        _blocked.clear()
        _blocked.update(numbers)
    else:
        raise OSError(22, "Invalid argument")
    for number in [number for number in _waiting if number not in _blocked]:
        _waiting.remove(number)
        deliver(number)
    return previous


def sigpending():
    """Return the signals that arrived while they were blocked."""
    return set(_waiting)


def sigwait(sigset, /):
    """Wait for a blocked signal, and take it."""
    expected = {_check(number) for number in sigset}
    _scheduler.wait("signal.sigwait", lambda: not expected.isdisjoint(_waiting))
    number = min(expected.intersection(_waiting))
    _waiting.remove(number)
    return number


def pause():
    """Wait until a signal has been handled."""
    handled = _handled[0]
    _scheduler.wait("signal.pause", lambda: _handled[0] != handled)


# The alarm that is set for each timer, with its interval in nanoseconds.
_timers = {}
_handled = [0]
_TIMER_SIGNALS = {ITIMER_REAL: 14, ITIMER_VIRTUAL: 26, ITIMER_PROF: 27}


def alarm(seconds, /):
    """Let SIGALRM arrive after so many seconds; return how many were left of the one before."""
    left = setitimer(ITIMER_REAL, seconds)[0]
    return int(left) + (left > int(left))


def setitimer(which, seconds, interval=0.0, /):
    """Let a timer's signal arrive after so many seconds, and again after each interval; return the state before."""
    import _lanes

    if which not in _TIMER_SIGNALS:
        raise ItimerError(22, "Invalid argument")
    before = getitimer(which)
    if which in _timers:
        _scheduler.cancel(_timers.pop(which)[0])
    if seconds:
        _set_timer(which, _lanes.now() + int(seconds * 1e9), int(interval * 1e9))
    return before


def _set_timer(which, moment, interval):
    def ring():
        del _timers[which]
        if interval:
            _set_timer(which, moment + interval, interval)
        arrive(_TIMER_SIGNALS[which])

    _timers[which] = _at(moment, ring), interval


def getitimer(which, /):
    """Return the seconds that are left of a timer, and its interval."""
    import _lanes

    if which not in _timers:
        return 0.0, 0.0
    timer, interval = _timers[which]
    return max(timer[0] - _lanes.now(), 0) / 1e9, interval / 1e9


def siginterrupt(signalnum, flag, /):
    """Accept whether a signal interrupts system calls, of which there are none."""
    _check(signalnum)


def set_wakeup_fd(fd, /, *, warn_on_full_buffer=True):
    """Set the descriptor to which the number of an arriving signal is written; return the one before."""
    global _wakeup_fd
    _check_thread("set_wakeup_fd only works in main thread of the main interpreter")
    if fd != -1:
        import posix

        posix.fstat(fd)
        if posix.get_blocking(fd):
            raise ValueError(f"the fd {fd} must be in non-blocking mode")
    previous, _wakeup_fd = _wakeup_fd, fd
    return previous


def strsignal(signalnum, /):
    """Return the C library's text for a signal."""
    number = _check(signalnum)
    if number <= len(_TEXTS):
        return _TEXTS[number - 1]
    return f"Real-time signal {number - 34}" if number >= 34 else None


def valid_signals():
    """Return the signals of this system."""
    return set(_handlers)


_publish(globals())
# Programs and asyncio compare the handler with the published name.
_handlers[2] = default_int_handler
