"""An exception ends its thread, is reported, and nobody else notices; `threading.excepthook` may be replaced."""

import sys
import threading


def fail():
    raise ValueError("boom")


thread = threading.Thread(target=fail, name="failing")
thread.start()
thread.join()
# reports: Exception in thread failing:
# reports: File "main.py", line 8, in fail
# reports: ValueError: boom
print("alive", thread.is_alive())  # prints: alive False


def quietly_exit():
    sys.exit(3)


thread = threading.Thread(target=quietly_exit)
thread.start()
thread.join()
threading.excepthook = lambda args: print("hook", args.exc_type.__name__, args.thread.name)
thread = threading.Thread(target=fail, name="second")
thread.start()  # prints: hook ValueError second
thread.join()


def show(args):
    print(args.exc_value.__context__)


threading.excepthook = show
try:
    1 / 0
except ZeroDivisionError:
    # What the starter handles is no context of what the thread raises.
    thread = threading.Thread(target=fail)
    thread.start()  # prints: None
    thread.join()
