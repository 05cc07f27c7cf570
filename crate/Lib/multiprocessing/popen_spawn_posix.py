"""Starts processes as if a fresh interpreter ran them."""

from .popen_fork import CopyingPopen


class Popen(CopyingPopen):
    """The parent's side of a process."""

    method = "spawn"
