# outcome: raised 1
# What cannot be printed is no status of its own.
import sys


class Silent:
    def __str__(self):
        raise ValueError("no words")


sys.exit(Silent())
