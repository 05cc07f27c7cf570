"""Alarms and interval timers, `pause`, `sigwait`, and a signal that a thread sends: the main thread handles it."""

import os
import signal
import threading
import time


def handler(number, frame):
    print("alarm", round(time.monotonic(), 1), threading.current_thread().name)


signal.signal(signal.SIGALRM, handler)
signal.alarm(1)
signal.pause()  # prints: alarm 1.0 MainThread
signal.setitimer(signal.ITIMER_REAL, 0.5, 0.5)
signal.pause()  # prints: alarm 1.5 MainThread
signal.pause()  # prints: alarm 2.0 MainThread
signal.setitimer(signal.ITIMER_REAL, 0)
thread = threading.Timer(1, os.kill, (os.getpid(), signal.SIGALRM))
thread.start()
thread.join()  # prints: alarm 3.0 MainThread
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
threading.Timer(1, signal.raise_signal, (signal.SIGUSR1,)).start()
print(signal.sigwait({signal.SIGUSR1}) == signal.SIGUSR1, round(time.monotonic(), 1))  # prints: True 4.0
