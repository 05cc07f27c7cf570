# outcome: raised 1
# A program may take from its end what that needs: it is told so, as of any exception.
import sys

print("printed")  # prints: printed
for name in list(sys.modules):
    if name not in ("sys", "builtins", "__main__"):
        sys.modules[name] = None
sys.stdout = sys.stderr = 5
raise ValueError("program")
