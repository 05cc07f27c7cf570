"""Starts processes as if a server forked them."""

from .popen_fork import CopyingPopen


class Popen(CopyingPopen):
    """The parent's side of a process."""

    method = "forkserver"
