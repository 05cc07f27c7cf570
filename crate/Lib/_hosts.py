"""A few machines that a run can connect to: one that sends back what it gets, a slow web server, one that never answers."""

import _lanes
import _scheduler

_LATENCY_NS = 20_000_000
_SLOW_NS = 2_000_000_000

_PAGE = (
    "<!doctype html><html><head><title>Example</title></head><body><h1>Example</h1>"
    "<p>A page of a simulated web server.</p></body></html>"
)


class _Connection:
    """A host's end of a connection. It answers when bytes arrive, and holds them no longer."""

    def __init__(self, client):
        self.client = client
        self.latency = _lanes.stretched(_LATENCY_NS)
        self.coming = 0
        self.received = b""
        self.is_open = True
        self.is_secure = client.remote[1] == 443
        self.records = b""

    def arrive(self, data):
        self.coming -= len(data)
        if self.is_secure:
            self.unwrap(data)
        else:
            self.take(data)

    def unwrap(self, data):
        """The records of a TLS connection, as `_ssl` writes them: a greeting is returned, data is taken out."""
        self.records += data
        while len(self.records) >= 5:
            end = 5 + int.from_bytes(self.records[3:5], "big")
            if len(self.records) < end:
                return
            kind, body, self.records = self.records[0], self.records[5:end], self.records[end:]
            if kind == 0x16:
                self.send(b"\x16\x03\x03\x00\x00", 0)
            elif kind == 0x17:
                self.take(body)
            else:
                self.end()

    def answer(self, data, delay=0):
        """Send bytes to the client, and end the connection after the empty ones."""
        if not self.is_secure:
            self.send(data, delay)
        elif not data:
            self.send(b"\x15\x03\x03\x00\x00", delay)
            self.send(b"", delay + 1)
        for start in range(0, len(data) if self.is_secure else 0, 16384):
            part = data[start : start + 16384]
            self.send(b"\x17\x03\x03" + len(part).to_bytes(2, "big") + part, delay)

    def take(self, data):
        pass

    def send(self, data, delay):
        client = self.client
        _scheduler.at(_lanes.now() + self.latency + delay, lambda: self._deliver(client, data))

    def _deliver(self, client, data):
        if not data:
            client.end()
        elif client.state != "closed":
            client.coming += len(data)
            client.arrive(data)

    def end(self):
        if self.is_open:
            self.is_open = False
            self.answer(b"")

    def reset(self):
        self.is_open = False


class _Echo(_Connection):
    def take(self, data):
        self.answer(data)


class _Web(_Connection):
    """Answers GET, HEAD and POST. `/delay/N` takes N seconds, `/status/N` has that status."""

    delay = 0

    def take(self, data):
        self.received += data
        while b"\r\n\r\n" in self.received:
            head, _, rest = self.received.partition(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
            length = headers.get("content-length", "0")
            length = int(length) if length.isdigit() else 0
            if len(rest) < length:
                return
            self.received = rest[length:]
            self._respond(lines[0], headers)

    def _respond(self, request, headers):
        method, _, rest = request.partition(" ")
        path, _, version = rest.rpartition(" ")
        parts = path.strip("/").split("/")
        number = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0
        delay = self.delay + (number * 1_000_000_000 if parts[0] == "delay" else 0)
        status = number if parts[0] == "status" else 200
        body = _PAGE.encode()
        stays = version == "HTTP/1.1" and headers.get("connection", "").lower() != "close"
        head = (
            f"HTTP/1.1 {status} {'OK' if status == 200 else 'Status'}\r\nServer: simulated\r\n"
            f"Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
            f"Connection: {'keep-alive' if stays else 'close'}\r\n\r\n"
        )
        self.answer(head.encode() + (b"" if method == "HEAD" else body), delay)
        if not stays:
            self.answer(b"", delay + 1)
            self.is_open = False


class _SlowWeb(_Web):
    delay = _SLOW_NS


class Host:
    """A machine: its name, its addresses, and what answers at which ports."""

    def __init__(self, name, address, services, is_silent=False):
        self.name, self.address, self.services, self.is_silent = name, address, services, is_silent
        self.latency = _LATENCY_NS

    def accept(self, client):
        service = self.services.get(client.remote[1]) or next(iter(self.services.values()))
        return service(client)


_WEB = {80: _Web, 443: _Web, 8080: _Web}
_HOSTS = (
    Host("echo.test", "192.0.2.7", {7: _Echo}),
    Host("slow.test", "192.0.2.80", {80: _SlowWeb, 443: _SlowWeb}),
    Host("silent.test", "192.0.2.99", {}, is_silent=True),
    Host("example.com", "192.0.2.10", _WEB),
    Host("example.org", "192.0.2.11", _WEB),
    Host("www.example.com", "192.0.2.12", _WEB),
    Host("python.org", "192.0.2.13", _WEB),
    Host("www.python.org", "192.0.2.14", _WEB),
    Host("httpbin.org", "192.0.2.15", _WEB),
)


def resolve(name):
    """Return the address of a host, or None."""
    for host in _HOSTS:
        if host.name == name.lower().rstrip("."):
            return host.address
    return None


def find(address):
    """Return the host at a socket's address, if it is there and serves the port."""
    for host in _HOSTS:
        if host.address == address[0] and (host.is_silent or address[1] in host.services or 7 in host.services):
            return host
    return None
