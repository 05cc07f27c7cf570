# outcome: raised 1
import sys

del sys.excepthook
raise ValueError("program")
# reports: sys.excepthook is missing
# reports: ValueError: program
