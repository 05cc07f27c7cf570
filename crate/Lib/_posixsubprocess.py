"""Refuses what `subprocess` would do: the page that runs the program has no processes."""

import _loopscope


def fork_exec(args, *settings):
    """Raise OSError with the command that cannot be started, and what to use instead."""
    import posix

    _loopscope.block("subprocess", 0)
    command = " ".join([posix.fspath(part).decode("utf-8", "replace") if isinstance(part, bytes) else str(part)
                        for part in args])
    raise OSError(38, f"cannot start {command!r}: the page that runs this program has no other processes. "
                  "Call the Python function directly, or in a thread (asyncio.to_thread)")
