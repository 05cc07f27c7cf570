"""A wait where a thread cannot give way, in a comprehension or a generator, still lets the others run."""

import threading
import time

ticks = []


def tick():
    for _ in range(10):
        time.sleep(0.1)
        ticks.append(time.monotonic())


def numbers():
    for number in range(2):
        time.sleep(0.1)
        yield number


def wait():
    print([time.sleep(0.1) for _ in range(2)], len(ticks))
    print(list(numbers()), len(ticks))
    print(sorted([2, 1], key=lambda number: time.sleep(0.1) or number), len(ticks))


threads = [threading.Thread(target=function) for function in (tick, wait)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
# prints: [None, None] 2
# prints: [0, 1] 4
# prints: [1, 2] 6
