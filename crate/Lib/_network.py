"""The network of a run: sockets as file nodes, and what travels between them in virtual time.

Nothing leaves the run. What is simulated: bytes arrive after a latency, in order; a connection holds a limited number of
bytes that the receiver has not read; a connection takes a round trip to be made, refused or closed. Latency, bandwidth,
loss and a moment at which all connections break are options of the run.
"""

import _lanes
import _scheduler
from _filesystem import Node

ECONNABORTED, ECONNRESET, ENOTCONN, ETIMEDOUT, ECONNREFUSED, EPIPE = 103, 104, 107, 110, 111, 32

# What a connection holds between a sender and a receiver that does not read.
_CAPACITY = 256 * 1024
_FIRST_EPHEMERAL_PORT = 32768
_CONNECT_PATIENCE_NS = 127_000_000_000
_RETRANSMISSION_NS = 200_000_000


class Conditions:
    """What the lines of a run are like."""

    def __init__(self):
        self.latency, self.bandwidth, self.loss, self.disconnect = _lanes.network()
        self.seed = 0x2545F491

    def is_lost(self):
        """Decide the fate of a packet, alike in every run."""
        if not self.loss:
            return False
        self.seed = (self.seed * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.seed >> 8) % 1000 < self.loss


class _World:
    """All endpoints of a run by their addresses."""

    def __init__(self):
        self.conditions = None
        self.bound = {}
        self.connections = []
        self.next_port = _FIRST_EPHEMERAL_PORT

    def begin(self):
        """Take the options of the run when the first socket is made."""
        if self.conditions is None:
            self.conditions = Conditions()
            if self.conditions.disconnect:
                _scheduler.at(self.conditions.disconnect, self.disconnect)

    def disconnect(self):
        """The line breaks: every connection is reset."""
        for end in tuple(self.connections):
            end.reset()

    def port(self, kind):
        while True:
            port, self.next_port = self.next_port, self.next_port + 1
            if self.next_port > 60999:
                self.next_port = _FIRST_EPHEMERAL_PORT
            if not any(key[:1] == (kind,) and key[-1] == port for key in self.bound):
                return port

    def find(self, kind, family, address):
        """Return who listens at an address: at exactly it, or at every address of the machine."""
        if family == 1:
            return self.bound.get((kind, family, address))
        host, port = address[:2]
        everywhere = "0.0.0.0" if family == 2 else "::"
        return self.bound.get((kind, family, host, port)) or self.bound.get((kind, family, everywhere, port)) or (
            self.bound.get((kind, 10, "::", port, "dual")) if family == 2 else None
        )


world = _World()


def restart():
    """Begin again: this module is imported before any run."""
    world.__init__()


class Endpoint(Node):
    """A socket: what a descriptor leads to."""

    kind = 0o140000

    def __init__(self, family, type):
        super().__init__(0o777)
        world.begin()
        self.family, self.type = family, type
        self.local = self.remote = self.peer = None
        self.key = None
        self.backlog = None
        self.pending = []
        self.received = bytearray()
        self.datagrams = []
        # Bytes under way to this end.
        self.coming = 0
        self.state = "new"
        self.error = 0
        self.has_ended = self.was_reset = self.sends_no_more = self.reads_no_more = False
        # When the line to the peer is free again.
        self.busy_until = 0
        # How long a packet travels: as long as any other of this connection, so that none overtakes another.
        self.latency = 0 if family == 1 else _lanes.stretched(world.conditions.latency)

    # --- readiness, as `select` tells it

    def is_readable(self):
        if self.backlog is not None:
            return bool(self.pending)
        return bool(self.received or self.datagrams or self.has_ended or self.error or self.reads_no_more or self.was_reset)

    def is_writable(self):
        if self.type == 2:
            return True
        if self.state == "connecting" or self.backlog is not None:
            return False
        return self.room() > 0 or bool(self.error) or self.was_reset or self.sends_no_more

    def room(self):
        peer = self.peer
        if peer is None:
            return 1
        return _CAPACITY - peer.coming - len(peer.received)

    # --- connections

    def bind(self, key, address):
        world.bound[key] = self
        self.key, self.local = key, address

    def connect(self, address, local):
        """Begin to connect; the outcome comes after a round trip."""
        self.state, self.remote = "connecting", address
        if self.local is None:
            self.local = local
        latency = self.latency
        if self._loses():
            latency += _RETRANSMISSION_NS
        _scheduler.at(_lanes.now() + latency, lambda: self._reach(latency))

    def _reach(self, latency):
        """The request has come to the other side."""
        import _hosts

        if self.state != "connecting":
            return
        listener = world.find(1, self.family, self.remote)
        host = _hosts.find(self.remote) if listener is None and self.family != 1 else None
        if host is not None:
            if host.is_silent:
                _scheduler.at(_lanes.now() + _CONNECT_PATIENCE_NS, lambda: self._settle(ETIMEDOUT))
                return
            self.peer = host.accept(self)
            latency += host.latency * 2
        elif listener is None or listener.backlog is None:
            _scheduler.at(_lanes.now() + latency, lambda: self._settle(ECONNREFUSED))
            return
        else:
            other = Endpoint(self.family, self.type)
            other.local, other.remote, other.peer, other.state = self.remote, self.local, self, "connected"
            self.peer = other
            world.connections.append(other)
            listener.pending.append(other)
        _scheduler.at(_lanes.now() + latency, lambda: self._settle(0))

    def _settle(self, error):
        if self.state == "connecting":
            self.error = error
            self.state = "new" if error else "connected"
            if not error:
                world.connections.append(self)

    def pair(self, other):
        """Connect two ends at once, as `socketpair` does."""
        for one, another in ((self, other), (other, self)):
            one.peer, one.state, one.local, one.remote = another, "connected", "", ""

    # --- bytes

    def _delay(self, length):
        """When what is sent now will have arrived."""
        conditions = world.conditions
        now = _lanes.now()
        if conditions.bandwidth and self.family != 1:
            self.busy_until = max(self.busy_until, now) + length * 1_000_000_000 // conditions.bandwidth
        else:
            self.busy_until = max(self.busy_until, now)
        if self.type == 1 and self._loses():
            # What is lost is sent again; what follows waits for it.
            self.busy_until += _RETRANSMISSION_NS
        return self.busy_until + self.latency

    def _loses(self):
        """Whether the line loses this packet. Nothing is lost within a machine."""
        return self.family != 1 and world.conditions.is_lost()

    def send(self, data):
        """Put as many bytes under way as there is room for; return how many."""
        data = bytes(data[: self.room()])
        peer = self.peer
        peer.coming += len(data)
        self._carry(len(data), lambda: peer.arrive(data))
        return len(data)

    def _carry(self, length, action):
        moment = self._delay(length)
        if moment <= _lanes.now():
            action()
        else:
            _scheduler.at(moment, action)

    def arrive(self, data):
        """Bytes have come."""
        self.coming -= len(data)
        if self.state == "closed":
            # Nobody reads them: the sender is told.
            peer = self.peer
            if peer is not None:
                self._carry(0, peer.reset)
        elif not self.was_reset:
            self.received += data

    def end(self):
        """The peer sends no more."""
        self.has_ended = True

    def reset(self):
        """The connection is broken off."""
        if self.state == "connected":
            self.error = self.error or ECONNRESET
            self.was_reset = True
            self.received.clear()

    def finish_sending(self):
        if not self.sends_no_more:
            self.sends_no_more = True
            if self.peer is not None and not self.was_reset:
                self._carry(0, self.peer.end)

    def receive(self, count, is_peek=False):
        data = bytes(self.received[:count])
        if not is_peek:
            del self.received[:count]
        return data

    def take_error(self):
        error, self.error = self.error, 0
        return error

    def closed(self):
        """The last descriptor is closed."""
        if self.key is not None and world.bound.get(self.key) is self:
            del world.bound[self.key]
        if self in world.connections:
            world.connections.remove(self)
        for waiting in self.pending:
            waiting.closed()
        was, self.state = self.state, "closed"
        if was == "connected" and self.peer is not None and not self.was_reset:
            if self.received and self.type == 1:
                # Closing with data unread breaks the connection off, as on Linux.
                self._carry(0, self.peer.reset)
            else:
                self.finish_sending()

    # --- datagrams

    def send_to(self, data, address):
        """Send a datagram; one that nobody expects is lost, and a connected sender is told."""
        target = self.peer if self.peer is not None else world.find(2, self.family, address)
        if self._loses():
            return
        if target is None:
            if self.remote is not None:
                self._carry(len(data), lambda: self._refuse())
            return
        source = self.local
        self._carry(len(data), lambda: target.arrive_from(bytes(data), source))

    def _refuse(self):
        self.error = ECONNREFUSED

    def arrive_from(self, data, source):
        if self.state != "closed" and (self.remote in (None, "") or self.remote[:2] == source[:2]):
            self.datagrams.append((data, source))
