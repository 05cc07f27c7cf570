# loopscope: signal=SIGINT@200ms, signal=SIGINT@400ms, signal=SIGINT@600ms
# A signal arrives while the program computes. The first one that a running loop gets cancels its main task, which can
# only hear of that when it next awaits; the second interrupts it where it is.
import asyncio
import signal
import time


def compute():
    number = 0
    while True:
        number += 1


try:
    compute()
except KeyboardInterrupt:
    print(f"{time.monotonic():.1f}")  # prints: 0.2


async def main():
    try:
        compute()
    finally:
        print("cleaned up")  # prints: cleaned up


try:
    asyncio.run(main())
except KeyboardInterrupt:
    print(f"{time.monotonic():.1f}")  # prints: 0.6


def too_late(number, frame):
    raise TimeoutError(signal.Signals(number).name)


signal.signal(signal.SIGALRM, too_late)
signal.setitimer(signal.ITIMER_REAL, 0.2)
try:
    compute()
except TimeoutError as error:
    print(f"{error} at {time.monotonic():.1f}")  # prints: SIGALRM at 0.8
