"""Locks, thread-local data and threads, simulated on one flow of control.

What is simulated: the threads take turns where they wait, on the run's virtual clock (see `_scheduler`). A wait that
nothing can end any more ends the run, as it would hang a process.
"""

import _lanes
import _scheduler
from _structseq import structseq
from _native import publish as _publish

error = RuntimeError

# The longest wait that CPython accepts on Linux, in seconds.
TIMEOUT_MAX = 9223372036.0

def get_ident():
    """Return a number that identifies the current thread."""
    return _scheduler.current.ident


def get_native_id():
    """Return the number that Linux would give to the current thread."""
    return _scheduler.current.native_id


def _get_main_thread_ident():
    return _scheduler.MAIN_IDENT


def _is_main_interpreter():
    return True


def daemon_threads_allowed():
    """Return True: an interpreter that is not a subinterpreter allows daemon threads."""
    return True


def _count():
    """Return the number of threads that are running now, without the main thread."""
    return _scheduler.count()


def _nanoseconds(blocking, timeout):
    """Check the arguments of an `acquire`; return how long it may wait, or None for ever."""
    if not isinstance(timeout, float) and not hasattr(timeout, "__index__"):
        raise TypeError(f"'{type(timeout).__name__}' object cannot be interpreted as an integer or float")
    if timeout == -1:
        return None if blocking else 0
    if not blocking:
        raise ValueError("can't specify a timeout for a non-blocking call")
    if timeout < 0:
        raise ValueError("timeout value must be a non-negative number")
    if timeout >= 2**63:
        raise OverflowError("timestamp out of range for platform time_t")
    if timeout > TIMEOUT_MAX:
        raise OverflowError("timestamp too large to convert to C PyTime_t")
    return int(timeout * 1_000_000_000)


class lock:
    """A lock that is not bound to a thread: any may release it."""

    __slots__ = ("_locked", "__weakref__")

    def __init__(self):
        self._locked = False

    def __init_subclass__(cls, **kwargs):
        raise TypeError("type '_thread.lock' is not an acceptable base type")

    def acquire(self, blocking=True, timeout=-1):
        """Take the lock; return whether that succeeded."""
        patience = _nanoseconds(blocking, timeout)
        if self._locked and not _scheduler.wait("threading.Lock.acquire", self._is_free, patience):
            return False
        self._locked = True
        return True

    def release(self):
        """Give the lock back."""
        if not self._locked:
            raise RuntimeError("release unlocked lock")
        self._locked = False

    def locked(self):
        """Return whether somebody holds the lock."""
        return self._locked

    def _is_free(self):
        return not self._locked

    def _at_fork_reinit(self):
        self._locked = False

    # Libraries take a lock around little things: one that is free costs no further call.

    def __enter__(self):
        if self._locked:
            return self.acquire()
        self._locked = True
        return True

    def __exit__(self, exc_type, exc_value, exc_traceback):
        if not self._locked:
            raise RuntimeError("release unlocked lock")
        self._locked = False

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle '_thread.lock' object")

    acquire_lock = acquire
    release_lock = release
    locked_lock = locked

    def __repr__(self):
        state = "locked" if self._locked else "unlocked"
        return f"<{state} _thread.lock object at {id(self):#x}>"


lock.__module__ = "_thread"
LockType = lock


def allocate_lock():
    """Return a new lock."""
    return lock()


allocate = allocate_lock


class RLock:
    """A lock that its owner may take again."""

    __slots__ = ("_owner", "_depth", "__weakref__")

    def __init__(self):
        self._owner = 0
        self._depth = 0

    def acquire(self, blocking=True, timeout=-1):
        """Take the lock once more; return whether that succeeded."""
        if self._owner != _scheduler.current.ident or not self._depth:
            patience = _nanoseconds(blocking, timeout)
            if self._depth and not _scheduler.wait("threading.RLock.acquire", self._is_free, patience):
                return False
            self._owner = _scheduler.current.ident
        self._depth += 1
        return True

    def release(self):
        """Give the lock back once."""
        if not self._depth or self._owner != _scheduler.current.ident:
            raise RuntimeError("cannot release un-acquired lock")
        self._depth -= 1
        if not self._depth:
            self._owner = 0

    def locked(self):
        """Return whether somebody holds the lock."""
        return self._depth > 0

    def _is_free(self):
        return not self._depth

    def _is_owned(self):
        return self._depth > 0 and self._owner == _scheduler.current.ident

    def _recursion_count(self):
        return self._depth if self._owner == _scheduler.current.ident else 0

    def _release_save(self):
        if not self._depth:
            raise RuntimeError("cannot release un-acquired lock")
        state = self._depth, self._owner
        self._depth = self._owner = 0
        return state

    def _acquire_restore(self, state):
        self.acquire()
        self._depth, self._owner = state

    def _at_fork_reinit(self):
        self._depth = self._owner = 0

    def __enter__(self):
        ident = _scheduler.current.ident
        if self._depth and self._owner != ident:
            return self.acquire()
        self._owner = ident
        self._depth += 1
        return True

    def __exit__(self, exc_type, exc_value, exc_traceback):
        if not self._depth or self._owner != _scheduler.current.ident:
            raise RuntimeError("cannot release un-acquired lock")
        self._depth -= 1
        if not self._depth:
            self._owner = 0

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle '_thread.RLock' object")

    def __repr__(self):
        state = "locked" if self._depth else "unlocked"
        return (
            f"<{state} {type(self).__module__}.{type(self).__qualname__} object "
            f"owner={self._owner} count={self._depth} at {id(self):#x}>"
        )


class _Namespaces:
    """The dictionaries of one thread-local object, and which thread's is in place."""

    __slots__ = ("ident", "of_thread", "args", "kwargs")

    def __init__(self, args, kwargs):
        self.ident = _scheduler.current.ident
        self.of_thread = {}
        self.args = args
        self.kwargs = kwargs

    def switch(self, owner):
        """Put the current thread's dictionary in place; a thread that has none begins with `__init__`."""
        self.ident = _scheduler.current.ident
        namespace = self.of_thread.get(self.ident)
        is_new = namespace is None
        if is_new:
            namespace = self.of_thread[self.ident] = {}
        object.__setattr__(owner, "__dict__", namespace)
        if is_new:
            type(owner).__init__(owner, *self.args, **self.kwargs)


class _local:
    """Attributes that each thread has for itself."""

    __slots__ = ("_local__namespaces", "__dict__", "__weakref__")

    def __new__(cls, /, *args, **kwargs):
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        namespaces = _Namespaces(args, kwargs)
        object.__setattr__(self, "_local__namespaces", namespaces)
        namespaces.of_thread[namespaces.ident] = object.__getattribute__(self, "__dict__")
        return self

    def __getattribute__(self, name):
        namespaces = object.__getattribute__(self, "_local__namespaces")
        if namespaces.ident != _scheduler.current.ident:
            namespaces.switch(self)
        return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        if name == "__dict__":
            raise AttributeError(f"'{type(self).__name__}' object attribute '__dict__' is read-only")
        namespaces = object.__getattribute__(self, "_local__namespaces")
        if namespaces.ident != _scheduler.current.ident:
            namespaces.switch(self)
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if name == "__dict__":
            raise AttributeError(f"'{type(self).__name__}' object attribute '__dict__' is read-only")
        namespaces = object.__getattribute__(self, "_local__namespaces")
        if namespaces.ident != _scheduler.current.ident:
            namespaces.switch(self)
        object.__delattr__(self, name)


class _ThreadHandle:
    """What `threading.Thread` knows of the thread beneath it."""

    def __init__(self):
        self._ident = 0
        self._thread = None
        self._done = False

    @property
    def ident(self):
        return self._ident

    def is_done(self):
        return self._done

    def _set_done(self):
        self._done = True

    def join(self, timeout=None):
        if not self._ident and not self._done:
            raise RuntimeError("thread not started")
        if self._ident == _scheduler.current.ident and not self._done:
            raise RuntimeError("Cannot join current thread")
        patience = None if timeout is None or timeout < 0 else int(timeout * 1_000_000_000)
        if not self._done:
            _scheduler.wait("threading.Thread.join", self.is_done, patience)

    def __repr__(self):
        return f"<_ThreadHandle object: ident={self._ident}>"


def _make_thread_handle(ident):
    handle = _ThreadHandle()
    handle._ident = ident
    return handle


_UnraisableHookArgs = structseq(
    "sys.UnraisableHookArgs", "exc_type exc_value exc_traceback err_msg object",
    doc="What `sys.unraisablehook` is told about an exception.",
)


def _report(function):
    """Tell that a thread's function raised, when no `threading.Thread` has told it."""
    import sys

    exc_type, exc_value, exc_traceback = sys.exc_info()
    # The first frame is that of this module.
    exc_traceback = exc_traceback.tb_next
    message = f"Exception ignored in thread started by {function!r}"
    sys.unraisablehook(_UnraisableHookArgs((exc_type, exc_value, exc_traceback, message, None)))


def _run(function, args, kwargs):
    """The generator that is a thread: its function, and what becomes of an exception that leaves it."""
    try:
        yield from _lanes.go(function)(*args, **kwargs)
    except SystemExit:
        pass
    except Exception:
        _report(function)


def _start(function, args, kwargs, name, is_daemon, when_done=None):
    from contextvars import Context

    import _twins

    _twins.install()
    thread = _scheduler.new_identity(name)
    thread.is_daemon = is_daemon
    thread.when_done = when_done
    thread.process = _scheduler.current.process
    _lanes.thread_started(thread.id, name, _scheduler.name_of(function), is_daemon)
    _scheduler.start(thread, _run(function, args, kwargs), Context())
    return thread


def start_joinable_thread(function, handle=None, daemon=True):
    """Start a thread that can be waited for."""
    if not callable(function):
        raise TypeError("thread function must be callable")
    if handle is None:
        handle = _ThreadHandle()
    elif handle._ident:
        raise RuntimeError("thread already started")
    owner = getattr(function, "__self__", None)
    name = str(getattr(owner, "_name", "")) or f"Thread-{_scheduler.count() + 1}"
    thread = _start(function, (), {}, name, bool(daemon), handle._set_done)
    handle._ident = thread.ident
    handle._thread = thread
    return handle


def start_new_thread(function, args, kwargs={}, /):
    """Start a thread; return its identity."""
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    if not isinstance(kwargs, dict):
        raise TypeError("optional 3rd arg must be a dictionary")
    thread = _start(function, args, kwargs, _scheduler.name_of(function), True)
    return thread.ident


start_new = start_new_thread


def _shutdown():
    """Wait for all threads that are no daemons."""
    _scheduler.join_all()


def exit():
    """End the current thread."""
    raise SystemExit


exit_thread = exit


def set_name(name, /):
    """Accept the name that the operating system would show for the thread."""


def stack_size(size=0, /):
    """Return the stack size of new threads, which is the system's default; other sizes are checked only."""
    if size < 0:
        raise ValueError("size must be 0 or a positive value")
    if 0 < size < 32768:
        raise ValueError(f"size not valid: {size} bytes")
    return 0


def interrupt_main(signum=2, /):
    """Let a signal arrive in the main thread. Its handler runs at once."""
    import _signal

    if not 1 <= signum <= 64:
        raise ValueError("signal number out of range")
    _signal.arrive(signum)


_ExceptHookArgs = structseq(
    "_thread._ExceptHookArgs", "exc_type exc_value exc_traceback thread",
    doc="What `threading.excepthook` is told about an exception.",
)


def _excepthook(args, /):
    """Print the exception that ended a thread."""
    import sys
    import traceback

    if args.exc_type is SystemExit:
        return
    _lanes.thread_failed(_scheduler.current.id, args.exc_value)
    stderr = sys.stderr
    if stderr is None:
        stderr = args.thread._stderr if args.thread is not None else None
        if stderr is None:
            return
    name = args.thread.name if args.thread is not None else get_ident()
    print(f"Exception in thread {name}:", file=stderr, flush=True)
    traceback.print_exception(args.exc_type, args.exc_value, args.exc_traceback, file=stderr)
    stderr.flush()


_publish(globals())
