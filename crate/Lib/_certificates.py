"""What stands in an X.509 certificate, and whether it is that of the host one talks to.

A certificate is a file like any other, so it is read as it is written. What is simulated: a signature is believed, as long
as the one who is said to have signed is trusted; nothing expires.
"""

import binascii

_ATTRIBUTES = {
    "2.5.4.3": "commonName", "2.5.4.4": "surname", "2.5.4.5": "serialNumber", "2.5.4.6": "countryName",
    "2.5.4.7": "localityName", "2.5.4.8": "stateOrProvinceName", "2.5.4.9": "streetAddress", "2.5.4.10": "organizationName",
    "2.5.4.11": "organizationalUnitName", "2.5.4.12": "title", "1.2.840.113549.1.9.1": "emailAddress",
    "0.9.2342.19200300.100.1.25": "domainComponent",
}
_MONTHS = "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
_NAMES, _ACCESS, _REVOCATION = "2.5.29.17", "1.3.6.1.5.5.7.1.1", "2.5.29.31"
_METHODS = {"1.3.6.1.5.5.7.48.1": "OCSP", "1.3.6.1.5.5.7.48.2": "caIssuers"}

_OID, _UTC_TIME, _WIDE_STRING = 0x06, 0x17, 0x1E
# The tags of the kinds of names that a certificate is for.
_EMAIL, _DNS, _DIRECTORY, _URI, _IP, _REGISTERED = 0x81, 0x82, 0xA4, 0x86, 0x87, 0x88


class Refusal(Exception):
    """Why a certificate is refused: OpenSSL's number, its words, and the alert that the other side is sent."""


def from_pem(text):
    """Return the certificates of a text, in order, as bytes; a `ValueError` says that one of them is damaged."""
    found = []
    for kind in ("CERTIFICATE", "TRUSTED CERTIFICATE"):
        begin, end = f"-----BEGIN {kind}-----", f"-----END {kind}-----"
        for part in text.split(begin)[1:]:
            body, mark, _ = part.partition(end)
            if mark:
                found.append(binascii.a2b_base64(body.encode("ascii", "replace")))
    return found


# --- the encoding: a tag, a length, and the body ---------------------------------------------------------------------


def _items(data):
    """Return the tags and bodies that a body is made of."""
    found, at = [], 0
    while at + 2 <= len(data):
        tag, length = data[at], data[at + 1]
        at += 2
        if length & 0x80:
            count = length & 0x7F
            length = int.from_bytes(data[at : at + count], "big")
            at += count
        found.append((tag, data[at : at + length]))
        at += length
    return found


def _oid(body):
    numbers = [*divmod(body[0], 40)] if body[0] < 80 else [2, body[0] - 80]
    value = 0
    for byte in body[1:]:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    return ".".join([str(number) for number in numbers])


def _text(tag, body):
    return body.decode("utf-16-be" if tag == _WIDE_STRING else "utf-8", "replace")


def _name(body):
    relative = []
    for _, part in _items(body):
        pairs = []
        for _, pair in _items(part):
            (_, kind), (tag, value) = _items(pair)[:2]
            pairs.append((_ATTRIBUTES.get(_oid(kind), _oid(kind)), _text(tag, value)))
        relative.append(tuple(pairs))
    return tuple(relative)


def _moment(tag, body):
    digits = body.decode("ascii")
    if tag == _UTC_TIME:
        digits = ("19" if digits[:2] >= "50" else "20") + digits
    month = _MONTHS[int(digits[4:6]) - 1]
    return f"{month} {int(digits[6:8]):2} {digits[8:10]}:{digits[10:12]}:{digits[12:14]} {digits[:4]} GMT"


def _general_name(tag, body):
    if tag in (_EMAIL, _DNS, _URI):
        return {_EMAIL: "email", _DNS: "DNS", _URI: "URI"}[tag], body.decode("ascii", "replace")
    if tag == _IP:
        return "IP Address", _address(body)
    if tag == _DIRECTORY:
        return "DirName", _name(_items(body)[0][1])
    if tag == _REGISTERED:
        return "Registered ID", _oid(body)
    return "othername", "<unsupported>"


def _address(packed):
    if len(packed) == 4:
        return ".".join([str(byte) for byte in packed])
    return ":".join([f"{packed[at] << 8 | packed[at + 1]:X}" for at in range(0, len(packed), 2)])


def _extensions(body):
    """Return the names that a certificate is for, and the addresses beside them, as `getpeercert` tells them."""
    found = {}
    for _, extension in _items(_items(body)[0][1]):
        parts = _items(extension)
        kind, value = _oid(parts[0][1]), _items(parts[-1][1])[0][1]
        if kind == _NAMES:
            found["subjectAltName"] = tuple([_general_name(*item) for item in _items(value)])
        elif kind == _ACCESS:
            for _, access in _items(value):
                (_, method), (tag, place) = _items(access)[:2]
                if _oid(method) in _METHODS and tag == _URI:
                    name = _METHODS[_oid(method)]
                    found[name] = (*found.get(name, ()), place.decode("ascii", "replace"))
        elif kind == _REVOCATION:
            found["crlDistributionPoints"] = tuple(
                [
                    place.decode("ascii", "replace")
                    for _, point in _items(value)
                    for _, names in _items(point)[:1]
                    for _, full in _items(names)[:1]
                    for tag, place in _items(full)
                    if tag == _URI
                ]
            )
    return found


def decode(data):
    """Return what a certificate says, as `getpeercert` tells it."""
    fields = _items(_items(_items(data)[0][1])[0][1])
    version = 1
    if fields[0][0] == 0xA0:
        version = _items(fields.pop(0)[1])[0][1][-1] + 1
    serial, _, issuer, validity, subject = fields[:5]
    begin, end = _items(validity[1])[:2]
    found = {
        "subject": _name(subject[1]), "issuer": _name(issuer[1]), "version": version,
        "serialNumber": serial[1].hex().upper().removeprefix("00") or "00", "notBefore": _moment(*begin), "notAfter": _moment(*end),
    }
    for tag, body in fields[6:]:
        if tag == 0xA3:
            found.update(_extensions(body))
    return found


# --- whether it is believed -----------------------------------------------------------------------------------------


def check(data, trusted, host):
    """Refuse a certificate that nobody trusted has signed, or that is another host's; `host` may be None."""
    told = decode(data)
    signers = [decode(other)["subject"] for other in trusted]
    if data not in trusted and told["issuer"] not in signers:
        if told["issuer"] == told["subject"]:
            raise Refusal(18, "self-signed certificate", "TLSV1_ALERT_UNKNOWN_CA")
        raise Refusal(20, "unable to get local issuer certificate", "TLSV1_ALERT_UNKNOWN_CA")
    if host:
        _check_host(told, host)


def _check_host(told, host):
    import _socket

    packed = _socket._parse_ipv4(host) or _socket._parse_ipv6(host)
    names = told.get("subjectAltName", ())
    if packed:
        if ("IP Address", _address(packed)) not in names:
            raise Refusal(64, f"IP address mismatch, certificate is not valid for '{host}'.", "SSLV3_ALERT_BAD_CERTIFICATE")
        return
    known = [name for kind, name in names if kind == "DNS"]
    if not known:
        known = [value for part in told["subject"] for kind, value in part if kind == "commonName"]
    if not any([_matches(name.lower(), host.lower()) for name in known]):
        raise Refusal(62, f"Hostname mismatch, certificate is not valid for '{host}'.", "SSLV3_ALERT_BAD_CERTIFICATE")


def _matches(name, host):
    """A star stands for one whole part of a name, the first."""
    if name.startswith("*."):
        return host.partition(".")[2] == name[2:] and bool(host.partition(".")[0])
    return name == host
