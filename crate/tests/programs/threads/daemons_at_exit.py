"""The program ends when only daemon threads are left; it waits for every other thread."""

import atexit
import threading
import time


def late(seconds, text):
    try:
        time.sleep(seconds)
        print(text, round(time.monotonic(), 1))
    finally:
        print(text, "cleans up")


atexit.register(print, "at exit")
threading.Thread(target=late, args=(1, "waited for")).start()
threading.Thread(target=late, args=(100, "daemon"), daemon=True).start()
print("main ends")
# prints: main ends
# prints: waited for 1.0
# prints: waited for cleans up
# prints: at exit
