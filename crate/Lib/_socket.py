"""The native half of `socket`: names, addresses and numbers. The sockets themselves are in `_sockets`.

No packet leaves the run. What is simulated: addresses are converted, `localhost` and literal addresses are resolved as on
any Linux machine, and so are the names of a few simulated hosts (see `_hosts`).
"""

import _hosts
import _sockets
from _socket_constants import *
from _sockets import socket
from _native import publish as _publish

has_ipv6 = True
CAPI = None

_SERVICES = {
    ("echo", "tcp"): 7, ("ftp", "tcp"): 21, ("ssh", "tcp"): 22, ("telnet", "tcp"): 23, ("smtp", "tcp"): 25,
    ("domain", "tcp"): 53, ("domain", "udp"): 53, ("http", "tcp"): 80, ("pop3", "tcp"): 110, ("ntp", "udp"): 123,
    ("imap2", "tcp"): 143, ("https", "tcp"): 443, ("https", "udp"): 443, ("imaps", "tcp"): 993, ("pop3s", "tcp"): 995,
    ("postgresql", "tcp"): 5432,
}
_PROTOCOLS = {"ip": 0, "icmp": 1, "igmp": 2, "tcp": 6, "udp": 17, "ipv6": 41, "ipv6-icmp": 58}
_KINDS = ((SOCK_STREAM, IPPROTO_TCP), (SOCK_DGRAM, IPPROTO_UDP), (SOCK_RAW, IPPROTO_IP))

error = OSError
timeout = TimeoutError
herror = type("herror", (OSError,), {"__module__": "socket"})
gaierror = type("gaierror", (OSError,), {"__module__": "socket"})

SocketType = socket


def socketpair(family=AF_UNIX, type=SOCK_STREAM, proto=0, /):
    """Return two sockets that are connected to each other."""
    return _sockets.pair(family, type, proto)


def close(fd, /):
    """Close a descriptor."""
    import posix

    posix.close(fd)


def dup(fd, /):
    """Return another descriptor of the same open file."""
    import posix

    return posix.dup(fd)


def getdefaulttimeout():
    """Return the time after which calls on new sockets give up, in seconds."""
    return _sockets.defaults["timeout"]


def setdefaulttimeout(timeout, /):
    """Set the time after which calls on new sockets give up, in seconds."""
    if timeout is not None:
        timeout = float(timeout)
        if timeout < 0:
            raise ValueError("Timeout value out of range")
    _sockets.defaults["timeout"] = timeout


def gethostname():
    """Return the name of the simulated machine."""
    return "loopscope"


def sethostname(name, /):
    """Refuse, as for an ordinary user."""
    raise PermissionError(1, "Operation not permitted")


def htons(x, /):
    """Turn a 16-bit number from the machine's order of bytes into the network's."""
    if not 0 <= x < 1 << 16:
        raise OverflowError("htons: Python int too large to convert to C 16-bit unsigned integer" if x > 0 else
                            "htons: can't convert negative Python int to C 16-bit unsigned integer")
    return (x & 0xFF) << 8 | x >> 8


ntohs = htons


def htonl(x, /):
    """Turn a 32-bit number from the machine's order of bytes into the network's."""
    if not 0 <= x < 1 << 32:
        raise OverflowError("int larger than 32 bits" if x > 0 else "can't convert negative value to unsigned int")
    return int.from_bytes(x.to_bytes(4, "little"), "big")


ntohl = htonl


def _parse_ipv4(text):
    """Return the four bytes of a dotted address, or None."""
    parts = text.split(".")
    if len(parts) != 4 or not all([part.isascii() and part.isdigit() and len(part) <= 3 for part in parts]):
        return None
    numbers = [int(part) for part in parts]
    if max(numbers) > 255 or any([len(part) > 1 and part[0] == "0" for part in parts]):
        return None
    return bytes(numbers)


def _parse_ipv6(text):
    """Return the sixteen bytes of an address, or None."""
    head, last_colon, tail = text.rpartition(":")
    if "." in tail and last_colon:
        four = _parse_ipv4(tail)
        if four is None:
            return None
        text = f"{head}:{four[0] << 8 | four[1]:x}:{four[2] << 8 | four[3]:x}"
    left, gap, right = text.partition("::")
    groups = [side.split(":") if side else [] for side in (left, right)]
    count = len(groups[0]) + len(groups[1])
    if count > 8 or (count != 8) != bool(gap) or "::" in right:
        return None
    words = groups[0] + ["0"] * (8 - count) + groups[1]
    if not all([0 < len(word) <= 4 and not word.strip("0123456789abcdefABCDEF") for word in words]):
        return None
    return b"".join([int(word, 16).to_bytes(2, "big") for word in words])


def _format_ipv6(packed):
    """Return an address as text, with its longest run of zeros left out."""
    words = [packed[place] << 8 | packed[place + 1] for place in range(0, 16, 2)]
    if words[:5] == [0] * 5 and words[5] in (0, 0xFFFF) and (words[5] or words[6]):
        return ("::ffff:" if words[5] else "::") + ".".join([str(byte) for byte in packed[12:]])
    best = (0, 0)
    for start in range(8):
        end = start
        while end < 8 and words[end] == 0:
            end += 1
        if end - start > max(best[1] - best[0], 1):
            best = start, end
    shown = [f"{word:x}" for word in words]
    if best == (0, 0):
        return ":".join(shown)
    return ":".join(shown[: best[0]]) + "::" + ":".join(shown[best[1]:])


def inet_aton(ip_addr, /):
    """Return the four bytes of a dotted address."""
    packed = _parse_ipv4(ip_addr)
    if packed is None:
        raise OSError("illegal IP address string passed to inet_aton")
    return packed


def inet_ntoa(packed_ip, /):
    """Return four bytes as a dotted address."""
    if len(packed_ip) != 4:
        raise OSError("packed IP wrong length")
    return ".".join([str(byte) for byte in bytes(packed_ip)])


def inet_pton(address_family, ip_string, /):
    """Return the bytes of an address."""
    if address_family not in (AF_INET, AF_INET6):
        raise OSError(97, "Address family not supported by protocol")
    packed = _parse_ipv4(ip_string) if address_family == AF_INET else _parse_ipv6(ip_string)
    if packed is None:
        raise OSError("illegal IP address string passed to inet_pton")
    return packed


def inet_ntop(address_family, packed_ip, /):
    """Return the bytes of an address as text."""
    if address_family not in (AF_INET, AF_INET6):
        raise ValueError(f"unknown address family {address_family}")
    if len(packed_ip) != (4 if address_family == AF_INET else 16):
        raise ValueError("invalid length of packed IP address string")
    return inet_ntoa(packed_ip) if address_family == AF_INET else _format_ipv6(bytes(packed_ip))


def getservbyname(servicename, protocolname=None, /):
    """Return the port of a service."""
    for protocol in (protocolname,) if protocolname else ("tcp", "udp"):
        if (servicename, protocol) in _SERVICES:
            return _SERVICES[servicename, protocol]
    raise OSError("service/proto not found")


def getservbyport(port, protocolname=None, /):
    """Return the service of a port."""
    if not 0 <= port <= 65535:
        raise OverflowError("getservbyport: port must be 0-65535.")
    for (name, protocol), number in _SERVICES.items():
        if number == port and protocolname in (None, protocol):
            return name
    raise OSError("port/proto not found")


def getprotobyname(name, /):
    """Return the number of a protocol."""
    if name not in _PROTOCOLS:
        raise OSError("protocol not found")
    return _PROTOCOLS[name]


def if_nameindex():
    """Return the network interfaces: the loopback only."""
    return [(1, "lo")]


def if_nametoindex(if_name, /):
    """Return the number of a network interface."""
    if if_name not in ("lo", b"lo"):
        raise OSError("no interface with this name")
    return 1


def if_indextoname(if_index, /):
    """Return the name of a network interface."""
    if if_index != 1:
        raise OSError(6, "No such device or address")
    return "lo"


def _unknown(host):
    return gaierror(EAI_NONAME, f"Name or service not known: {host!r} "
                    "(nothing leaves this page; only localhost, literal addresses and a few simulated hosts are known)")


def _addresses(host, family, flags):
    """Return the (family, address) pairs that a host has, in the order of Linux."""
    if not host:
        loopback = (AF_INET, "0.0.0.0"), (AF_INET6, "::")
        found = loopback if flags & AI_PASSIVE else ((AF_INET6, "::1"), (AF_INET, "127.0.0.1"))
    elif _parse_ipv4(host):
        found = ((AF_INET, host),)
    elif (packed := _parse_ipv6(host.partition("%")[0])) is not None:
        found = ((AF_INET6, _format_ipv6(packed)),)
    elif host in ("localhost", "localhost.localdomain", gethostname()) and not flags & AI_NUMERICHOST:
        found = (AF_INET6, "::1"), (AF_INET, "127.0.0.1")
    elif (address := _hosts.resolve(host)) is not None and not flags & AI_NUMERICHOST:
        found = ((AF_INET, address),)
    else:
        raise _unknown(host)
    chosen = [pair for pair in found if family in (AF_UNSPEC, pair[0])]
    if not chosen:
        raise gaierror(EAI_ADDRFAMILY, "Address family for hostname not supported")
    return chosen


def _scope(host):
    """Return the number of the interface that an address names after a percent sign."""
    zone = host.partition("%")[2] if host else ""
    if not zone:
        return 0
    try:
        return int(zone) if zone.isdigit() else if_nametoindex(zone)
    except OSError:
        raise gaierror(EAI_NONAME, "Name or service not known") from None


def _port(service, flags):
    if service is None:
        return 0
    if isinstance(service, int):
        return service & 0xFFFF
    text = service.decode("ascii") if isinstance(service, bytes) else service
    if not isinstance(text, str):
        raise OSError("Int or String expected")
    if text.isdigit():
        return int(text)
    for protocol in ("tcp", "udp"):
        if (text, protocol) in _SERVICES and not flags & AI_NUMERICSERV:
            return _SERVICES[text, protocol]
    raise gaierror(EAI_SERVICE, "Servname not supported for ai_socktype")


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """Resolve a host and a service to the addresses of sockets."""
    if isinstance(host, (bytes, bytearray)):
        host = bytes(host).decode("ascii")
    elif host is not None and not isinstance(host, str):
        raise TypeError("getaddrinfo() argument 1 must be string or None")
    if host is None and port is None:
        raise gaierror(EAI_NONAME, "Name or service not known")
    if family not in (AF_UNSPEC, AF_INET, AF_INET6):
        raise gaierror(EAI_FAMILY, "ai_family not supported")
    kinds = [kind for kind in _KINDS if type in (0, kind[0]) and (proto in (0, kind[1]) or kind[0] == SOCK_RAW)]
    if not kinds:
        raise gaierror(EAI_SOCKTYPE, "ai_socktype not supported")
    number = _port(port, flags)
    name = host or "" if flags & AI_CANONNAME else ""
    scope = _scope(host)
    return [
        (address_family, kind, kind_proto or proto, name if not place and kind == kinds[0][0] else "",
         (address, number) if address_family == AF_INET else (address, number, 0, scope))
        for place, (address_family, address) in enumerate(_addresses(host, family, flags))
        for kind, kind_proto in kinds
    ]


def getnameinfo(sockaddr, flags, /):
    """Return the names of the host and the service of an address."""
    if not isinstance(sockaddr, tuple):
        raise TypeError("getnameinfo() argument 1 must be a tuple")
    host, port = sockaddr[:2]
    family, address = _addresses(host, AF_UNSPEC, AI_NUMERICHOST)[0]
    is_loopback = address in ("127.0.0.1", "::1")
    if not flags & NI_NUMERICHOST and is_loopback:
        address = "localhost"
    elif flags & NI_NAMEREQD:
        raise _unknown(host)
    service = str(port)
    if not flags & NI_NUMERICSERV:
        try:
            service = getservbyport(port, "udp" if flags & NI_DGRAM else "tcp")
        except OSError:
            pass
    return address, service


def gethostbyname(hostname, /):
    """Return the IPv4 address of a host."""
    return _addresses(hostname, AF_INET, 0)[0][1]


def gethostbyname_ex(hostname, /):
    """Return the name, the other names and the IPv4 addresses of a host."""
    return hostname, [], [gethostbyname(hostname)]


def gethostbyaddr(ip_address, /):
    """Return the name, the other names and the addresses of the host with an address."""
    address = _addresses(ip_address, AF_UNSPEC, 0)[0][1]
    if address not in ("127.0.0.1", "::1"):
        raise herror(1, "Unknown host")
    return "localhost", [], [address]


def CMSG_LEN(length, /):
    """Return the length of a control message with so many bytes of data."""
    if not 0 <= length < 1 << 31:
        raise OverflowError("CMSG_LEN() argument out of range")
    return 16 + length


def CMSG_SPACE(length, /):
    """Return the space that a control message with so many bytes of data takes."""
    if not 0 <= length < 1 << 31:
        raise OverflowError("CMSG_SPACE() argument out of range")
    return 16 + (length + 7 & ~7)


_publish(globals())
