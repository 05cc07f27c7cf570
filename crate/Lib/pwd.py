"""The user database of the simulated machine: the administrator and the one user."""

from _structseq import structseq
from _native import publish as _publish

struct_passwd = structseq(
    "pwd.struct_passwd", "pw_name pw_passwd pw_uid pw_gid pw_gecos pw_dir pw_shell", doc="An entry for a user."
)

_USERS = [
    struct_passwd(("root", "x", 0, 0, "root", "/root", "/bin/sh")),
    struct_passwd(("user", "x", 1000, 1000, "User", "/home/user", "/bin/sh")),
]


def getpwuid(uid, /):
    """Return the entry of a user given by number."""
    for user in _USERS:
        if user.pw_uid == uid:
            return user
    raise KeyError(f"getpwuid(): uid not found: {uid}")


def getpwnam(name, /):
    """Return the entry of a user given by name."""
    for user in _USERS:
        if user.pw_name == name:
            return user
    raise KeyError(f"getpwnam(): name not found: {name!r}")


def getpwall():
    """Return all entries."""
    return list(_USERS)


_publish(globals())
