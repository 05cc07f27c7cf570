# loopscope: signal=SIGINT@1s, signal=10@500ms
"""Signals in a program without a loop: a handler that runs in the middle of a sleep, and one that ends it."""

import signal
import time


def handler(number, frame):
    print(signal.Signals(number).name, round(time.monotonic(), 1))  # prints: SIGUSR1 0.5


signal.signal(signal.SIGUSR1, handler)
try:
    time.sleep(10)
except KeyboardInterrupt:
    print("interrupted", round(time.monotonic(), 1))  # prints: interrupted 1.0
