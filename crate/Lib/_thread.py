"""Locks, thread-local data and threads for an interpreter that has a single flow of control.

What is simulated: a thread runs from its beginning to its end inside the call that starts it, under an identity of
its own. The workers of a `ThreadPoolExecutor`, which would never end, take up their work when somebody waits: in a
blocking `acquire`, in a `join`, or when the event loop calls `run_pending`. So a lock that is held can be released
only by such work; if none is left, waiting for the lock would never end, and `acquire` says so instead.
"""

import _loopscope
from _structseq import structseq
from _native import publish as _publish

error = RuntimeError

# The longest wait that CPython accepts on Linux, in seconds.
TIMEOUT_MAX = 9223372036.0

_MAIN_IDENT = 0x7F00_0000_1000
_IDENT_STEP = 0x0000_0100_0000
_MAIN_NATIVE_ID = 1000

_NEVER_RELEASED = (
    "this wait can never end: the lock is held, and no other thread is left that could release it "
    "(here a thread runs to its end when it is started, so it cannot wait for what its starter does later)"
)
_NEVER_ENDS = "this join can never end: the thread waits for the one that joins it"


class _Identity:
    """Who is running: changed around a thread's function and changed back."""

    __slots__ = ("ident", "native_id", "started", "running")

    def __init__(self):
        self.ident = _MAIN_IDENT
        self.native_id = _MAIN_NATIVE_ID
        self.started = 0
        self.running = 0

    def new(self):
        self.started += 1
        return _MAIN_IDENT - self.started * _IDENT_STEP, _MAIN_NATIVE_ID + self.started

    def run(self, identity, function, args=(), kwargs={}):
        previous = self.ident, self.native_id
        self.ident, self.native_id = identity
        self.running += 1
        try:
            return function(*args, **kwargs)
        finally:
            self.ident, self.native_id = previous
            self.running -= 1


_current = _Identity()


def get_ident():
    """Return a number that identifies the current thread."""
    return _current.ident


def get_native_id():
    """Return the number that Linux would give to the current thread."""
    return _current.native_id


def _get_main_thread_ident():
    return _MAIN_IDENT


def _is_main_interpreter():
    return True


def daemon_threads_allowed():
    """Return True: an interpreter that is not a subinterpreter allows daemon threads."""
    return True


def _count():
    """Return the number of threads that are running now, without the main thread."""
    return _current.running


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


def _wait(name, patience, is_free, endless=_NEVER_RELEASED):
    """Let waiting workers run until `is_free`; return whether it is. A wait without an end is an error."""
    if patience == 0:
        return False
    run_pending(is_free)
    if is_free():
        return True
    if patience is None:
        raise RuntimeError(endless)
    _loopscope.block(name, patience)
    return is_free()


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
        if self._locked and not _wait("threading.Lock.acquire", patience, self._is_free):
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

    def __enter__(self):
        return self.acquire()

    def __exit__(self, exc_type, exc_value, exc_traceback):
        self.release()

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
        if self._owner != _current.ident or not self._depth:
            patience = _nanoseconds(blocking, timeout)
            if self._depth and not _wait("threading.RLock.acquire", patience, self._is_free):
                return False
            self._owner = _current.ident
        self._depth += 1
        return True

    def release(self):
        """Give the lock back once."""
        if not self._depth or self._owner != _current.ident:
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
        return self._depth > 0 and self._owner == _current.ident

    def _recursion_count(self):
        return self._depth if self._owner == _current.ident else 0

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
        return self.acquire()

    def __exit__(self, exc_type, exc_value, exc_traceback):
        self.release()

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
        self.ident = _current.ident
        self.of_thread = {}
        self.args = args
        self.kwargs = kwargs

    def switch(self, owner):
        """Put the current thread's dictionary in place; a thread that has none begins with `__init__`."""
        self.ident = _current.ident
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
        if namespaces.ident != _current.ident:
            namespaces.switch(self)
        return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        if name == "__dict__":
            raise AttributeError(f"'{type(self).__name__}' object attribute '__dict__' is read-only")
        namespaces = object.__getattribute__(self, "_local__namespaces")
        if namespaces.ident != _current.ident:
            namespaces.switch(self)
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if name == "__dict__":
            raise AttributeError(f"'{type(self).__name__}' object attribute '__dict__' is read-only")
        namespaces = object.__getattribute__(self, "_local__namespaces")
        if namespaces.ident != _current.ident:
            namespaces.switch(self)
        object.__delattr__(self, name)


class _ThreadHandle:
    """What `threading.Thread` knows of the thread beneath it."""

    def __init__(self):
        self._identity = None
        self._done = False

    @property
    def ident(self):
        return self._identity[0] if self._identity else 0

    def is_done(self):
        return self._done

    def _set_done(self):
        self._done = True

    def join(self, timeout=None):
        if self._identity is None and not self._done:
            raise RuntimeError("thread not started")
        if self._identity and self._identity[0] == _current.ident and not self._done:
            raise RuntimeError("Cannot join current thread")
        patience = None if timeout is None or timeout < 0 else int(timeout * 1_000_000_000)
        run_pending()
        if not self._done:
            _wait("threading.Thread.join", patience, self.is_done, _NEVER_ENDS)

    def __repr__(self):
        return f"<_ThreadHandle object: ident={self.ident}>"


def _make_thread_handle(ident):
    handle = _ThreadHandle()
    handle._identity = ident, _MAIN_NATIVE_ID
    return handle


_UnraisableHookArgs = structseq(
    "sys.UnraisableHookArgs", "exc_type exc_value exc_traceback err_msg object",
    doc="What `sys.unraisablehook` is told about an exception.",
)


def _report(function):
    """Tell that a thread's function raised, when no `threading.Thread` has told it."""
    import sys

    exc_type, exc_value, exc_traceback = sys.exc_info()
    # The first two frames are those of this module that called the function.
    exc_traceback = exc_traceback.tb_next.tb_next
    message = f"Exception ignored in thread started by {function!r}"
    sys.unraisablehook(_UnraisableHookArgs((exc_type, exc_value, exc_traceback, message, None)))


def start_joinable_thread(function, handle=None, daemon=True):
    """Run a thread's function to its end, then mark the thread as done."""
    if not callable(function):
        raise TypeError("thread function must be callable")
    if handle is None:
        handle = _ThreadHandle()
    elif handle._identity is not None:
        raise RuntimeError("thread already started")
    handle._identity = identity = _current.new()
    worker = _PoolWorker.of(function, identity)
    if worker is not None:
        _pool_workers.append(worker)
    try:
        _current.run(identity, function)
    except SystemExit:
        pass
    except Exception:
        _report(function)
    finally:
        handle._done = True
    return handle


def start_new_thread(function, args, kwargs={}, /):
    """Run a function to its end as a thread of its own; return the thread's identity."""
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    if not isinstance(kwargs, dict):
        raise TypeError("optional 3rd arg must be a dictionary")
    identity = _current.new()
    try:
        _current.run(identity, function, args, kwargs)
    except SystemExit:
        pass
    except Exception:
        _report(function)
    return identity[0]


start_new = start_new_thread


class _PoolWorker:
    """A worker thread of a `ThreadPoolExecutor`, which takes work from the pool's queue whenever somebody waits.

    `ThreadPoolExecutor.submit` starts its workers while it holds the pool's locks, so a worker must not run yet then:
    its thread starts with nothing to do, and its work is done later under the thread's identity.
    """

    def __init__(self, thread, identity, executor, context, queue):
        self.thread = thread
        self.identity = identity
        self.executor = executor
        self.context = context
        self.queue = queue
        self.is_ready = False
        self.is_busy = False

    @classmethod
    def of(cls, function, identity):
        """Recognise a worker's thread and leave it without a target; return None for any other thread."""
        thread = getattr(function, "__self__", None)
        target = getattr(thread, "_target", None)
        if getattr(target, "__module__", None) != "concurrent.futures.thread" or target.__name__ != "_worker":
            return None
        worker = cls(thread, identity, *thread._args)
        thread._target = None
        return worker

    def work(self):
        """Do all that is in the queue; return whether there was anything."""
        if self.is_busy or self.queue.empty():
            return False
        import threading

        self.is_busy = True
        threading._active[self.identity[0]] = self.thread
        try:
            _current.run(self.identity, self._drain)
        finally:
            threading._active.pop(self.identity[0], None)
            self.is_busy = False
        return True

    def _drain(self):
        if not self.is_ready:
            self.is_ready = True
            try:
                self.context.initialize()
            except Exception:
                self._fail()
                return
        while not self.queue.empty():
            item = self.queue.get_nowait()
            if item is None:
                self._finish()
                return
            item.run(self.context)
            del item
        executor = self.executor()
        if executor is not None:
            executor._idle_semaphore.release()

    def _fail(self):
        from concurrent.futures import _base

        _base.LOGGER.critical("Exception in initializer:", exc_info=True)
        executor = self.executor()
        if executor is not None:
            executor._initializer_failed()
        _pool_workers.remove(self)

    def _finish(self):
        """The pool is being shut down, or is gone: the other workers are told by the same mark in the queue."""
        if any(other.queue is self.queue for other in _pool_workers if other is not self):
            self.queue.put(None)
        _pool_workers.remove(self)
        self.context.finalize()


_pool_workers = []


def run_pending(is_enough=None):
    """Let the workers of thread pools do what is in their queues, until `is_enough` or nothing is left.

    Returns whether anything was done. The event loop calls it when it has nothing else to do.
    """
    did_anything = False
    while not (is_enough and is_enough()):
        if not any([worker.work() for worker in tuple(_pool_workers) if not (is_enough and is_enough())]):
            return did_anything
        did_anything = True
    return did_anything


def _shutdown():
    """Wait for all threads, which here means to let pools finish their work."""
    run_pending()


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
    _signal.deliver(signum)


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
