"""The group database of the simulated machine: the administrator's group and the one user's."""

from _structseq import structseq
from _native import publish as _publish

struct_group = structseq("grp.struct_group", "gr_name gr_passwd gr_gid gr_mem", doc="An entry for a group.")

_GROUPS = [struct_group(("root", "x", 0, [])), struct_group(("user", "x", 1000, []))]


def getgrgid(id, /):
    """Return the entry of a group given by number."""
    for group in _GROUPS:
        if group.gr_gid == id:
            return group
    raise KeyError(f"getgrgid(): gid not found: {id}")


def getgrnam(name, /):
    """Return the entry of a group given by name."""
    for group in _GROUPS:
        if group.gr_name == name:
            return group
    raise KeyError(f"getgrnam(): name not found: {name!r}")


def getgrall():
    """Return all entries."""
    return list(_GROUPS)


_publish(globals())
