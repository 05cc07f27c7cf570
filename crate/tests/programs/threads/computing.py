"""A thread that computes does so beside the main thread, which goes on after CPython's switch interval."""

import threading
import time


def compute():
    start = time.perf_counter()
    total = 0
    for number in range(5_000_000):
        total += number * number
    seconds.append(time.perf_counter() - start)


seconds = []
start = time.monotonic()
thread = threading.Thread(target=compute)
thread.start()
print("main goes on", time.monotonic() - start < 0.01)  # prints: main goes on True
time.sleep(0.05)
print("and on", round(time.monotonic() - start, 2) < 0.08, seconds)  # prints: and on True []
thread.join()
print("it took its time", seconds[0] > 0.1)  # prints: it took its time True
alone = seconds.pop()

# Two that compute share one interpreter: they take twice as long together.
start = time.monotonic()
threads = [threading.Thread(target=compute) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("together", round((time.monotonic() - start) / alone))  # prints: together 2
