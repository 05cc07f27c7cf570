"""A simulated `fuchsia_controller_py`: channels in memory, and the statuses that reading and writing them may have."""

import asyncio
from collections import deque


class ZxStatus(Exception):
    """A status of the kernel, such as PEER_CLOSED."""

    ZX_OK = 0
    ZX_ERR_INTERNAL = -1
    ZX_ERR_NOT_SUPPORTED = -2
    ZX_ERR_INVALID_ARGS = -10
    ZX_ERR_BAD_HANDLE = -11
    ZX_ERR_TIMED_OUT = -21
    ZX_ERR_SHOULD_WAIT = -22
    ZX_ERR_CANCELED = -23
    ZX_ERR_PEER_CLOSED = -24

    def raw(self):
        """Return the number of the status."""
        return self.args[0]

    def __str__(self):
        names = {number: name for name, number in vars(ZxStatus).items() if name.startswith("ZX_")}
        return names.get(self.args[0], str(self.args[0])).removeprefix("ZX_ERR_")


class Channel:
    """One end of a channel."""

    def __init__(self):
        self.peer = None
        self.is_closed = False
        self.awaited = []
        self._messages = deque()
        self._reader = None

    @classmethod
    def create(cls):
        """Return the two ends of a new channel."""
        one, another = cls(), cls()
        one.peer, another.peer = another, one
        return one, another

    def write(self, message):
        """Send a message to the other end."""
        if self.is_closed:
            raise ZxStatus(ZxStatus.ZX_ERR_BAD_HANDLE)
        if self.peer is None or self.peer.is_closed:
            raise ZxStatus(ZxStatus.ZX_ERR_PEER_CLOSED)
        self.peer._messages.append(message)
        self.peer._wake()

    async def read(self):
        """Wait for a message from the other end."""
        while not self._messages:
            if self.is_closed:
                raise ZxStatus(ZxStatus.ZX_ERR_BAD_HANDLE)
            if self.peer is None or self.peer.is_closed:
                raise ZxStatus(ZxStatus.ZX_ERR_PEER_CLOSED)
            self._reader = asyncio.get_running_loop().create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        return self._messages.popleft()

    def _wake(self):
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    def close(self):
        """Close this end; who waits at the other learns of it."""
        if self.is_closed:
            return
        self.is_closed = True
        self._wake()
        if self.peer is not None:
            self.peer._wake()
            for answer in self.peer.awaited:
                if not answer.done():
                    answer.set_exception(ZxStatus(ZxStatus.ZX_ERR_PEER_CLOSED))

    def __del__(self):
        self.close()
