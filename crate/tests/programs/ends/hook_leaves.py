# outcome: raised 3
# A hook may choose the exit status.
import sys

sys.excepthook = lambda kind, error, traceback: sys.exit(3)
raise ValueError("program")
