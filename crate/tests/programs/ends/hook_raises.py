# outcome: raised 1
# A hook that fails is told of, and then what it was called for.
import sys


def hook(kind, error, traceback):
    raise KeyError("hook")


sys.excepthook = hook
raise ValueError("program")
# reports: Error in sys.excepthook:
# reports: KeyError: 'hook'
# reports: Original exception was:
# reports: ValueError: program
