"""Values and arrays that simulated processes share, as objects of the one process there is.

What is simulated: numbers are kept in the type that was asked for, with its limits. Structures of `ctypes` are not.
"""

import array

from . import context, get_context

__all__ = ["RawValue", "RawArray", "Value", "Array", "synchronized"]

# By their numbers, so that a copy in another simulated process is the same object.
_shared = {}
_ZERO = {"c": b"\0", "u": "\0"}


def _find(number):
    return _shared[number]


def _new_items(kind, count):
    if not isinstance(kind, str):
        raise TypeError("only the type codes of the array module can be shared here: there is no ctypes")
    return bytearray(count) if kind == "c" else array.array(kind, [_ZERO.get(kind, 0)] * count)


class _Shared:
    """Something that is the same object in each process."""

    def __init__(self, kind, count):
        self._kind = kind
        self._items = _new_items(kind, count)
        self._number = len(_shared)
        _shared[self._number] = self

    def __reduce__(self):
        context.assert_spawning(self)
        return _find, (self._number,)


class _RawValue(_Shared):
    def __init__(self, kind, value=None):
        super().__init__(kind, 1)
        if value is not None:
            self.value = value

    @property
    def value(self):
        return bytes(self._items) if self._kind == "c" else self._items[0]

    @value.setter
    def value(self, value):
        self._items[0] = value[0] if self._kind == "c" else value


class _RawArray(_Shared):
    def __init__(self, kind, size_or_values):
        is_size = isinstance(size_or_values, int)
        super().__init__(kind, size_or_values if is_size else len(size_or_values))
        if not is_size:
            self[:] = size_or_values

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self[:])

    def __getitem__(self, place):
        found = self._items[place]
        if self._kind == "c":
            return bytes(found) if isinstance(place, slice) else bytes([found])
        return found.tolist() if isinstance(place, slice) else found

    def __setitem__(self, place, value):
        if not isinstance(place, slice):
            self._items[place] = value[0] if self._kind == "c" else value
            return
        values = value if self._kind == "c" else array.array(self._kind, value)
        if len(self._items[place]) != len(values):
            raise ValueError("Can only assign sequence of same size")
        self._items[place] = values

    @property
    def value(self):
        if self._kind != "c":
            raise AttributeError("value")
        return bytes(self._items).partition(b"\0")[0]

    @value.setter
    def value(self, value):
        if len(value) > len(self._items):
            raise ValueError("byte string too long")
        self._items[:] = value.ljust(len(self._items), b"\0")


class SynchronizedBase:
    """What is shared, with a lock around it."""

    def __init__(self, obj, lock=None, ctx=None):
        self._obj = obj
        self._lock = lock if lock is not None else (ctx or get_context()).RLock()
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __reduce__(self):
        context.assert_spawning(self)
        return synchronized, (self._obj, self._lock)

    def get_obj(self):
        return self._obj

    def get_lock(self):
        return self._lock

    def __repr__(self):
        return f"<{type(self).__name__} wrapper for {self._obj}>"


class Synchronized(SynchronizedBase):
    """A value with a lock around it."""

    @property
    def value(self):
        with self:
            return self._obj.value

    @value.setter
    def value(self, value):
        with self:
            self._obj.value = value


class SynchronizedArray(SynchronizedBase):
    """An array with a lock around it."""

    def __len__(self):
        return len(self._obj)

    def __getitem__(self, place):
        with self:
            return self._obj[place]

    def __setitem__(self, place, value):
        with self:
            self._obj[place] = value


class SynchronizedString(SynchronizedArray):
    """An array of characters with a lock around it."""

    value = Synchronized.value


def synchronized(obj, lock=None, ctx=None):
    """Put a lock around what is shared."""
    if isinstance(obj, _RawValue):
        return Synchronized(obj, lock, ctx)
    kind = SynchronizedString if obj._kind == "c" else SynchronizedArray
    return kind(obj, lock, ctx)


def RawValue(typecode_or_type, *args):
    """Return a shared value without a lock."""
    return _RawValue(typecode_or_type, *args)


def RawArray(typecode_or_type, size_or_initializer):
    """Return a shared array without a lock."""
    return _RawArray(typecode_or_type, size_or_initializer)


def _with_lock(obj, lock, ctx):
    if lock is False:
        return obj
    if lock in (True, None):
        lock = None
    elif not hasattr(lock, "acquire"):
        raise AttributeError(f"{lock!r} has no method 'acquire'")
    return synchronized(obj, lock, ctx)


def Value(typecode_or_type, *args, lock=True, ctx=None):
    """Return a shared value."""
    return _with_lock(RawValue(typecode_or_type, *args), lock, ctx)


def Array(typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
    """Return a shared array."""
    return _with_lock(RawArray(typecode_or_type, size_or_initializer), lock, ctx)
