"""Charges for the derivation of keys: native code of the interpreter, which computes for long and counts no work.

The nanoseconds are those of CPython with OpenSSL 3.0, measured on a server of 2023 that has instructions for SHA. They need
to be right within a factor of two. Both functions let other threads have the interpreter while they compute.
"""

import _hashlib

import _lanes

# By the name of the hash: the bytes of a digest, and what an iteration costs for each of them that the key needs.
_ITERATIONS = {
    "md5": (16, 280),
    "sha1": (20, 200),
    "sha224": (28, 220),
    "sha256": (32, 220),
    "sha384": (48, 450),
    "sha512": (64, 450),
}
_OTHER = (32, 750)

# For each of scrypt's n * r * p.
_BLOCK = 300

_pbkdf2_hmac = _hashlib.pbkdf2_hmac
_scrypt = _hashlib.scrypt


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function."""
    key = _pbkdf2_hmac(hash_name, password, salt, iterations, dklen)
    size, cost = _ITERATIONS.get(hash_name.lower(), _OTHER)
    _lanes.computed(-(-len(key) // size) * iterations * cost)
    return key


def scrypt(password, *, salt, n, r, p, maxmem=0, dklen=64):
    """scrypt password-based key derivation function."""
    key = _scrypt(password, salt=salt, n=n, r=r, p=p, maxmem=maxmem, dklen=dklen)
    _lanes.computed(n * r * p * _BLOCK)
    return key


def install():
    """Makes these the functions that `hashlib` offers."""
    _hashlib.pbkdf2_hmac = staticmethod(pbkdf2_hmac)
    _hashlib.scrypt = staticmethod(scrypt)
