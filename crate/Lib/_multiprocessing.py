"""The native half of `multiprocessing.synchronize`: semaphores that simulated threads and processes wait on."""

import _scheduler

flags = {}

_RECURSIVE_MUTEX = 0
# By their handles, so that a copy in another simulated process is the same semaphore.
_shared = {}


class _State:
    """What the copies of a semaphore share."""

    __slots__ = ("value", "owner")

    def __init__(self, value):
        self.value = value
        self.owner = 0


class SemLock:
    """A semaphore, or a lock that its owner may take again."""

    SEM_VALUE_MAX = 2**31 - 1

    def __init__(self, kind, value, maxvalue, name, unlink):
        if not 0 <= value <= self.SEM_VALUE_MAX:
            raise ValueError("semaphore value out of range")
        handle = len(_shared) + 1
        _shared[handle] = _State(value)
        self._begin(handle, kind, maxvalue, None if unlink else name)

    def _begin(self, handle, kind, maxvalue, name):
        self.handle, self.kind, self.maxvalue, self.name = handle, kind, maxvalue, name
        self._state = _shared[handle]
        self._depth = 0

    @classmethod
    def _rebuild(cls, handle, kind, maxvalue, name):
        made = cls.__new__(cls)
        made._begin(handle, kind, maxvalue, name)
        return made

    def acquire(self, block=True, timeout=None):
        """Take one; return whether that succeeded."""
        if self.kind == _RECURSIVE_MUTEX and self._is_mine():
            self._depth += 1
            return True
        patience = None if timeout is None else max(0, int(timeout * 1_000_000_000))
        if not block:
            patience = 0
        if not self._state.value and not _scheduler.wait("multiprocessing.SemLock.acquire", self._is_free, patience):
            return False
        self._state.value -= 1
        self._state.owner = _scheduler.current.ident
        self._depth += 1
        return True

    def release(self):
        """Give one back."""
        if self.kind == _RECURSIVE_MUTEX:
            if not self._is_mine():
                raise AssertionError("attempt to release recursive lock not owned by thread")
            if self._depth > 1:
                self._depth -= 1
                return
        elif self._state.value >= self.maxvalue:
            raise ValueError("semaphore or lock released too many times")
        self._state.value += 1
        self._depth -= 1

    def _is_free(self):
        return self._state.value > 0

    def _is_mine(self):
        return self._depth > 0 and self._state.owner == _scheduler.current.ident

    def _count(self):
        return self._depth

    def _get_value(self):
        return self._state.value

    def _is_zero(self):
        return not self._state.value

    def _after_fork(self):
        self._depth = 0

    def __enter__(self):
        return self.acquire()

    def __exit__(self, exc_type=None, exc_value=None, exc_traceback=None):
        self.release()


def sem_unlink(name, /):
    """Forget a name: semaphores are found by their handles here."""
