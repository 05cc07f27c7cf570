"""A module that is not here: CPython's words, and what works instead. Who asks with `try` is told nothing more."""

import importlib.util

for name in ("sqlite3", "uvloop"):
    try:
        __import__(name)
    except ImportError as error:
        print(type(error).__name__, error, getattr(error, "__notes__", None))
# prints: ModuleNotFoundError No module named 'sqlite3' None
# prints: ModuleNotFoundError No module named 'uvloop' None
print(importlib.util.find_spec("ctypes"))  # prints: None
import sqlite3

# reports: ModuleNotFoundError: No module named 'sqlite3'
# reports: A dict or a file of JSON keeps data here.
# outcome: raised 1
