"""TLS without cryptography: the handshake, the records and the end of a connection, all of them readable.

Nothing leaves the run, so nothing has to be kept secret in it. What is simulated: both ends exchange greetings before
they exchange data; a certificate that is shown is checked (see `_certificates`), and who shows none, such as the simulated
hosts, is believed; the cipher is called what it is, `SIMULATED-WITHOUT-ENCRYPTION`.
"""

import _certificates
from _native import publish as _publish
from _weakref import ref as _weakref

OPENSSL_VERSION_NUMBER = _OPENSSL_API_VERSION_NUMBER = 0x30000000
OPENSSL_VERSION_INFO = _OPENSSL_API_VERSION = (3, 0, 0, 0, 0)
OPENSSL_VERSION = "simulated, without encryption (as OpenSSL 3.0.0)"
_DEFAULT_CIPHERS = "@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20:ECDH+AES:DHE+AES:!aNULL:!eNULL:!aDSS:!SHA1:!AESCCM"

HAS_SNI = HAS_ECDH = HAS_ALPN = HAS_TLSv1_2 = HAS_TLSv1_3 = True
HAS_NPN = HAS_SSLv2 = HAS_SSLv3 = HAS_TLSv1 = HAS_TLSv1_1 = HAS_PSK = HAS_PHA = HAS_PSK_TLS13 = False

PROTOCOL_SSLv23 = PROTOCOL_TLS = 2
PROTOCOL_TLSv1, PROTOCOL_TLSv1_1, PROTOCOL_TLSv1_2, PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER = 3, 4, 5, 16, 17
PROTO_MINIMUM_SUPPORTED, PROTO_MAXIMUM_SUPPORTED = -2, -1
PROTO_SSLv3, PROTO_TLSv1, PROTO_TLSv1_1, PROTO_TLSv1_2, PROTO_TLSv1_3 = 0x300, 0x301, 0x302, 0x303, 0x304
CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED = 0, 1, 2
VERIFY_DEFAULT, VERIFY_CRL_CHECK_LEAF, VERIFY_CRL_CHECK_CHAIN = 0, 4, 12
VERIFY_X509_STRICT, VERIFY_ALLOW_PROXY_CERTS, VERIFY_X509_TRUSTED_FIRST, VERIFY_X509_PARTIAL_CHAIN = 32, 64, 32768, 524288
OP_ALL, OP_NO_SSLv2, OP_NO_SSLv3, OP_NO_TLSv1, OP_NO_TLSv1_1 = 0x80000050, 0, 0x02000000, 0x04000000, 0x10000000
OP_NO_TLSv1_2, OP_NO_TLSv1_3, OP_CIPHER_SERVER_PREFERENCE, OP_SINGLE_DH_USE, OP_NO_TICKET = (
    0x08000000, 0x20000000, 0x00400000, 0, 0x4000,
)
OP_SINGLE_ECDH_USE, OP_NO_COMPRESSION, OP_ENABLE_MIDDLEBOX_COMPAT, OP_NO_RENEGOTIATION = 0, 0x20000, 0x100000, 0x40000000
OP_IGNORE_UNEXPECTED_EOF, OP_ENABLE_KTLS, OP_LEGACY_SERVER_CONNECT = 0x80, 8, 4
SSL_ERROR_SSL, SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE, SSL_ERROR_WANT_X509_LOOKUP, SSL_ERROR_SYSCALL = 1, 2, 3, 4, 5
SSL_ERROR_ZERO_RETURN, SSL_ERROR_WANT_CONNECT, SSL_ERROR_EOF, SSL_ERROR_INVALID_ERROR_CODE = 6, 7, 8, 10
ALERT_DESCRIPTION_CLOSE_NOTIFY, ALERT_DESCRIPTION_UNEXPECTED_MESSAGE, ALERT_DESCRIPTION_HANDSHAKE_FAILURE = 0, 10, 40
ALERT_DESCRIPTION_BAD_CERTIFICATE, ALERT_DESCRIPTION_UNRECOGNIZED_NAME, ALERT_DESCRIPTION_INTERNAL_ERROR = 42, 112, 80
HOSTFLAG_NEVER_CHECK_SUBJECT = 32
ENCODING_PEM, ENCODING_DER = 1, 2

_HELLO, _DATA, _CLOSE = b"\x16\x03\x03", b"\x17\x03\x03", b"\x15\x03\x03"
_LONGEST = 16384


class SSLError(OSError):
    """Something is wrong with a TLS connection."""

    __module__ = "ssl"
    reason = library = None

    def __str__(self):
        return str(self.strerror if self.strerror is not None else self.args)


def _error(name, doc, *bases):
    return type(name, bases or (SSLError,), {"__module__": "ssl", "__doc__": doc})


SSLZeroReturnError = _error("SSLZeroReturnError", "The connection was closed in good order.")
SSLWantReadError = _error("SSLWantReadError", "More bytes are needed.")
SSLWantWriteError = _error("SSLWantWriteError", "Bytes have to be sent first.")
SSLSyscallError = _error("SSLSyscallError", "The system reported an error.")
SSLEOFError = _error("SSLEOFError", "The connection ended without being closed.")
SSLCertVerificationError = _error("SSLCertVerificationError", "A certificate was refused.", SSLError, ValueError)


def _certificates_of(path):
    with open(path, "rb") as file:
        text = file.read().decode("latin-1")
    try:
        return _certificates.from_pem(text)
    except ValueError:
        raise SSLError(SSL_ERROR_SSL, "[SSL] PEM lib (_ssl.c:4155)") from None


class MemoryBIO:
    """A buffer of bytes between a connection and what carries it."""

    __module__ = "_ssl"

    def __init__(self):
        self._data = bytearray()
        self._has_ended = False

    @property
    def pending(self):
        """The number of bytes."""
        return len(self._data)

    @property
    def eof(self):
        """Whether all has been read, and no more will come."""
        return self._has_ended and not self._data

    def read(self, size=-1, /):
        """Take bytes out."""
        count = len(self._data) if size < 0 else min(size, len(self._data))
        data = bytes(self._data[:count])
        del self._data[:count]
        return data

    def write(self, b, /):
        """Put bytes in."""
        if self._has_ended:
            raise SSLError("cannot write() after write_eof()")
        self._data += b
        return len(b)

    def write_eof(self):
        """Say that no more will come."""
        self._has_ended = True


class SSLSession:
    """A session, which is never resumed here."""

    __module__ = "_ssl"


class _SSLContext:
    """The settings of connections."""

    __module__ = "_ssl"

    def __new__(cls, protocol=PROTOCOL_TLS, /, *args, **kwargs):
        self = object.__new__(cls)
        is_client = protocol == PROTOCOL_TLS_CLIENT
        state = {
            "protocol": protocol, "check_hostname": is_client, "verify_mode": CERT_REQUIRED if is_client else CERT_NONE,
            "options": OP_ALL | OP_NO_SSLv3, "verify_flags": VERIFY_X509_TRUSTED_FIRST, "_host_flags": 0,
            "minimum_version": PROTO_TLSv1_2, "maximum_version": PROTO_MAXIMUM_SUPPORTED, "post_handshake_auth": False,
            "security_level": 2, "num_tickets": 2, "sni_callback": None, "keylog_filename": None, "alpn": (),
            "certificate": b"", "trusted": (),
        }
        object.__setattr__(self, "_state", state)
        return self

    @property
    def protocol(self):
        """The protocol that the context was made for."""
        return self._state["protocol"]

    def load_cert_chain(self, certfile, keyfile=None, password=None):
        """Take a certificate, which is shown to the other side. Its key, whose file must be there, is not needed."""
        if keyfile is not None:
            open(keyfile, "rb").close()
        found = _certificates_of(certfile)
        if found:
            self._state["certificate"] = found[0]

    def load_verify_locations(self, cafile=None, capath=None, cadata=None):
        """Accept trusted certificates."""
        if cafile is None and capath is None and cadata is None:
            raise TypeError("cafile, capath and cadata cannot be all omitted")
        if isinstance(cadata, (bytes, bytearray)):
            self._trust([bytes(cadata)])
        elif cadata is not None:
            self._trust(_certificates.from_pem(cadata))
        if cafile is not None:
            self._trust(_certificates_of(cafile))

    def _trust(self, certificates):
        known = self._state["trusted"]
        self._state["trusted"] = (*known, *[one for one in certificates if one not in known])

    def load_dh_params(self, path, /):
        """Accept parameters."""

    def set_default_verify_paths(self):
        """Accept the system's certificates."""

    def set_ciphers(self, cipherlist, /):
        """Accept a list of ciphers."""

    def set_ecdh_curve(self, name, /):
        """Accept a curve."""

    def get_ciphers(self):
        """Return the one cipher."""
        return [{"name": _CIPHER[0], "protocol": _CIPHER[1], "description": "no encryption: nothing leaves the run"}]

    def cert_store_stats(self):
        """Return the numbers of certificates."""
        count = len(self._state["trusted"])
        return {"x509": count, "crl": 0, "x509_ca": count}

    def get_ca_certs(self, binary_form=False):
        """Return the trusted certificates."""
        trusted = self._state["trusted"]
        return list(trusted) if binary_form else [_certificates.decode(one) for one in trusted]

    def session_stats(self):
        """Return the numbers of sessions."""
        return {}

    def _set_alpn_protocols(self, protocols, /):
        data, names = bytes(protocols), []
        while data:
            names.append(data[1 : 1 + data[0]].decode("ascii"))
            data = data[1 + data[0] :]
        self._state["alpn"] = tuple(names)

    def _wrap_bio(self, incoming, outgoing, server_side, server_hostname=None, *, owner=None, session=None):
        return _Connection(self, incoming.read, outgoing.write, lambda: incoming.eof, server_side, server_hostname, owner)

    def _wrap_socket(self, sock, server_side, server_hostname=None, *, owner=None, session=None):
        ended = []

        def receive():
            from _socket import socket

            try:
                data = socket.recv(sock, 65536)
            except BlockingIOError:
                return b""
            if not data:
                ended.append(True)
            return data

        def send(data):
            from _socket import socket

            socket.sendall(sock, data)

        return _Connection(self, receive, send, lambda: bool(ended), server_side, server_hostname, owner)


def _setting(name):
    def get(self):
        return self._state[name]

    def put(self, value):
        if name == "verify_mode" and value == CERT_NONE and self._state["check_hostname"]:
            raise ValueError("Cannot set verify_mode to CERT_NONE when check_hostname is enabled.")
        if name == "check_hostname" and value and self._state["verify_mode"] == CERT_NONE:
            self._state["verify_mode"] = CERT_REQUIRED
        self._state[name] = value

    return property(get, put)


for _name in (
    "check_hostname", "verify_mode", "options", "verify_flags", "_host_flags", "minimum_version", "maximum_version",
    "post_handshake_auth", "security_level", "num_tickets", "sni_callback", "keylog_filename",
):
    setattr(_SSLContext, _name, _setting(_name))

_CIPHER = ("SIMULATED-WITHOUT-ENCRYPTION", "TLSv1.3", 0)


def _failure(kind, reason, text):
    error = kind(SSL_ERROR_SSL, f"[SSL: {reason}] {text} (_ssl.c:1032)")
    error.reason, error.library = reason, "SSL"
    return error


class _Connection:
    """One end of a connection: records are a kind, a length and their bytes."""

    def __init__(self, context, receive, send, has_ended, server_side, server_hostname, owner):
        self.context, self.server_side, self.server_hostname = context, server_side, server_hostname
        self._owner = None if owner is None else _weakref(owner)
        self.session, self.session_reused = None, False
        self._receive, self._send, self._has_ended = receive, send, has_ended
        self._raw, self._data = bytearray(), bytearray()
        self._is_greeted = self._has_greeted = self._is_closed = self._has_closed = self._is_confirmed = False
        self._alpn, self._shown = None, b""

    @property
    def owner(self):
        """The object in `ssl` that this one is the inner half of."""
        return None if self._owner is None else self._owner()

    @owner.setter
    def owner(self, owner):
        self._owner = _weakref(owner)

    def _emit(self, kind, data=b""):
        self._send(kind + len(data).to_bytes(2, "big") + data)

    def _take_records(self):
        """Read what has come; return whether anything had."""
        data = self._receive()
        self._raw += data
        while len(self._raw) >= 5:
            kind, length = bytes(self._raw[:3]), int.from_bytes(self._raw[3:5], "big")
            if kind not in (_HELLO, _DATA, _CLOSE):
                raise SSLError(SSL_ERROR_SSL, "[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1032)")
            if len(self._raw) < 5 + length:
                break
            body = bytes(self._raw[5 : 5 + length])
            del self._raw[: 5 + length]
            if kind == _DATA:
                self._data += body
            elif kind == _CLOSE:
                if body:
                    reason = body.decode("ascii")
                    raise _failure(SSLError, reason, reason.replace("_", " ").lower())
                self._is_closed = True
            elif self._is_greeted:
                self._is_confirmed = True
            else:
                self._is_greeted = True
                protocols, _, self._shown = body.partition(b"\0")
                offered, known = protocols.decode("ascii").split(","), self.context._state["alpn"]
                self._alpn = next((name for name in (known if self.server_side else offered) if name in known and name in offered), None)
        return bool(data)

    def _check_shown(self):
        """Look at the certificate that the other side has shown; tell it if that is refused."""
        state = self.context._state
        if state["verify_mode"] == CERT_NONE:
            return
        if not self._shown:
            if self.server_side and state["verify_mode"] == CERT_REQUIRED:
                self._emit(_CLOSE, b"TLSV13_ALERT_CERTIFICATE_REQUIRED")
                reason = "PEER_DID_NOT_RETURN_A_CERTIFICATE"
                raise _failure(SSLError, reason, "peer did not return a certificate")
            return
        try:
            _certificates.check(self._shown, state["trusted"], self.server_hostname if state["check_hostname"] else None)
        except _certificates.Refusal as refusal:
            code, message, alert = refusal.args
            self._emit(_CLOSE, alert.encode("ascii"))
            error = _failure(SSLCertVerificationError, "CERTIFICATE_VERIFY_FAILED", f"certificate verify failed: {message}")
            error.verify_code, error.verify_message = code, message
            raise error from None

    def do_handshake(self):
        """Greet the other side, and wait for its greeting."""
        certificate = b"\0" + self.context._state["certificate"]
        if not self.server_side and not self._has_greeted:
            self._has_greeted = True
            self._emit(_HELLO, ",".join(self.context._state["alpn"]).encode("ascii") + certificate)
        while not self._is_greeted:
            if not self._take_records():
                self._want_read("UNEXPECTED_EOF_WHILE_READING")
        if not self.server_side:
            if not self._is_confirmed:
                self._check_shown()
                self._is_confirmed = True
                self._emit(_HELLO)
            return
        if not self._has_greeted:
            self._check_shown()
            self._has_greeted = True
            self._emit(_HELLO, (self._alpn or "").encode("ascii") + certificate)
        while not self._is_confirmed:
            if not self._take_records():
                self._want_read("UNEXPECTED_EOF_WHILE_READING")

    def _want_read(self, reason):
        if self._has_ended():
            raise SSLEOFError(SSL_ERROR_EOF, f"[SSL: {reason}] EOF occurred in violation of protocol (_ssl.c:1032)")
        raise SSLWantReadError(SSL_ERROR_WANT_READ, "The operation did not complete (read) (_ssl.c:2580)")

    def read(self, len=1024, buffer=None, /):
        """Read data; none at the end."""
        while not self._data and not self._is_closed:
            if not self._take_records():
                self._want_read("UNEXPECTED_EOF_WHILE_READING")
        if not self._data and self._has_closed and len:
            raise SSLZeroReturnError(SSL_ERROR_ZERO_RETURN, "TLS/SSL connection has been closed (EOF) (_ssl.c:2580)")
        if buffer is not None:
            len = min(len, memoryview(buffer).nbytes) if len > 0 else memoryview(buffer).nbytes
        data = bytes(self._data[:len])
        del self._data[:len]
        if buffer is None:
            return data
        memoryview(buffer)[: data.__len__()] = data
        return data.__len__()

    def write(self, data, /):
        """Send data, a record at a time; return how many bytes there were."""
        if self._has_closed:
            raise SSLError(SSL_ERROR_SSL, "[SSL: PROTOCOL_IS_SHUTDOWN] protocol is shutdown (_ssl.c:2435)")
        view = memoryview(data).cast("B")
        for start in range(0, len(view), _LONGEST):
            self._emit(_DATA, bytes(view[start : start + _LONGEST]))
        return len(view)

    def pending(self):
        """Return how many bytes can be read at once."""
        return len(self._data)

    def shutdown(self):
        """Close the connection in good order; the other side has to as well."""
        if not self._has_closed:
            self._has_closed = True
            self._emit(_CLOSE)
        while not self._is_closed:
            if not self._take_records():
                self._want_read("UNEXPECTED_EOF_WHILE_READING")
        return self.owner

    def getpeercert(self, binary_form=False, /):
        """Return what the other side's certificate says; a host that shows none would show one for its name."""
        name = self.server_hostname
        if self._shown:
            if binary_form:
                return self._shown
            return {} if self.context._state["verify_mode"] == CERT_NONE else _certificates.decode(self._shown)
        if self.server_side:
            return None
        if binary_form or not name:
            return b"" if binary_form else {}
        return {"subject": ((("commonName", name),),), "subjectAltName": (("DNS", name),)}

    def get_verified_chain(self):
        """Return no certificates."""
        return []

    get_unverified_chain = get_verified_chain

    def selected_alpn_protocol(self):
        """Return the protocol that both sides know."""
        return self._alpn

    def cipher(self):
        """Return the name of the cipher, which says that it is none."""
        return _CIPHER

    def shared_ciphers(self):
        """Return the ciphers that both sides know."""
        return [_CIPHER]

    def compression(self):
        """Return None: nothing is compressed."""

    def version(self):
        """Return the version of the protocol."""
        return "TLSv1.3" if self._is_greeted else None

    def get_channel_binding(self, cb_type="tls-unique", /):
        """Return None: there is nothing to bind to."""

    def verify_client_post_handshake(self):
        """Refuse, as a server that has not asked for it."""
        raise SSLError(SSL_ERROR_SSL, "[SSL: EXTENSION_NOT_RECEIVED] extension not received (_ssl.c:2830)")


def _test_decode_cert(path, /):
    """Return what the certificate of a file says."""
    return _certificates.decode(_certificates_of(path)[0])


def txt2obj(txt, name=False):
    """Look up an object's numbers."""
    known = {"1.3.6.1.5.5.7.3.1": (129, "serverAuth", "TLS Web Server Authentication"),
             "1.3.6.1.5.5.7.3.2": (130, "clientAuth", "TLS Web Client Authentication")}
    if txt not in known:
        raise ValueError(f"unknown object '{txt}'")
    return (*known[txt], txt)


def nid2obj(nid, /):
    """Look up an object by its number."""
    for oid in ("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"):
        if txt2obj(oid)[0] == nid:
            return txt2obj(oid)
    raise ValueError(f"unknown NID {nid}")


def get_default_verify_paths():
    """Return where a Linux system keeps its certificates."""
    return "SSL_CERT_FILE", "/usr/lib/ssl/cert.pem", "SSL_CERT_DIR", "/usr/lib/ssl/certs"


def RAND_status():
    """Return that there are random bytes."""
    return True


def RAND_add(string, entropy, /):
    """Accept entropy, which the run's seed stands for."""


def RAND_bytes(num, /):
    """Return random bytes, from the run's seed."""
    import posix

    return posix.urandom(num)


_publish(globals())
