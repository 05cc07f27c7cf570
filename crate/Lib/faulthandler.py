"""What `faulthandler` is here: there are no faults to handle, since no program can bring its interpreter down.

It can be turned on and off, as test runners do, and asked for the stack of the moment.
"""

import sys
import traceback

_enabled = False


def enable(file=None, all_threads=True, c_stack=True):
    """Remember that faults are to be reported."""
    global _enabled
    _enabled = True


def disable():
    """Forget it, and return whether it was remembered."""
    global _enabled
    was, _enabled = _enabled, False
    return was


def is_enabled():
    """Return whether faults are to be reported."""
    return _enabled


def dump_traceback(file=None, all_threads=True):
    """Write the stack of the caller, innermost frame first."""
    file = sys.stderr if file is None else file
    if isinstance(file, int):
        import os

        file = os.fdopen(file, "w", closefd=False)
    print("Current thread (most recent call first):", file=file)
    for frame in reversed(traceback.extract_stack(sys._getframe(1))):
        print(f'  File "{frame.filename}", line {frame.lineno} in {frame.name}', file=file)
    file.flush()


def dump_c_stack(file=None):
    """Write nothing: there is no such stack to be seen."""


def dump_traceback_later(timeout, repeat=False, file=None, exit=False):
    """Do nothing: what would not end is ended from outside, and says where."""
    if timeout <= 0:
        raise ValueError("timeout must be greater than 0")


def cancel_dump_traceback_later():
    """Do nothing, since nothing was to be dumped later."""


def register(signum, file=None, all_threads=True, chain=False):
    """Do nothing: signals have handlers of their own."""


def unregister(signum):
    """Return that nothing was registered."""
    return False
