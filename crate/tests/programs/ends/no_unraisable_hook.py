# What nobody can catch is told although there is no hook for it, or one that fails.
import sys


class Noisy:
    def __del__(self):
        raise ValueError("in del")


def hook(unraisable):
    raise KeyError("in hook")


sys.unraisablehook = hook
Noisy()
del sys.unraisablehook
Noisy()
print("goes on")  # prints: goes on
# reports: Exception ignored in sys.unraisablehook: <function hook at 0x
# reports:     raise KeyError("in hook")
# reports: KeyError: 'in hook'
# reports: Exception ignored while calling deallocator <function Noisy.__del__ at 0x
# reports:     raise ValueError("in del")
# reports: ValueError: in del
