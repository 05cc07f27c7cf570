# outcome: raised 1
# A stream of the program's that fails when the end is told takes nothing along.
import sys


class Broken:
    def write(self, text):
        raise OSError("broken")

    def flush(self):
        raise OSError("broken")


print("printed")  # prints: printed
sys.stderr = Broken()
raise ValueError("program")
