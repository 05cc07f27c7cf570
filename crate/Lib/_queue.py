"""The native half of `queue`: a first-in, first-out queue on which simulated threads wait."""

from _collections import deque
import _scheduler


class Empty(Exception):
    """Raised by a `get` that found nothing."""


class SimpleQueue:
    """An unbounded queue."""

    def __init__(self):
        self._items = deque()

    def put(self, item, block=True, timeout=None):
        """Add an item. This never waits; the other arguments are there for the sake of `Queue.put`."""
        self._items.append(item)

    def put_nowait(self, item):
        """Add an item."""
        self._items.append(item)

    def get(self, block=True, timeout=None):
        """Take the oldest item, waiting for one if there is none."""
        if block and timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        if not self._items and block:
            patience = None if timeout is None else int(timeout * 1_000_000_000)
            _scheduler.wait("queue.SimpleQueue.get", self._has_items, patience)
        if not self._items:
            raise Empty
        return self._items.popleft()

    def get_nowait(self):
        """Take the oldest item."""
        return self.get(False)

    def _has_items(self):
        return bool(self._items)

    def empty(self):
        """Return whether the queue is empty."""
        return not self._items

    def qsize(self):
        """Return how many items there are."""
        return len(self._items)

    __class_getitem__ = classmethod(type(list[int]))


SimpleQueue.__module__ = Empty.__module__ = "_queue"
