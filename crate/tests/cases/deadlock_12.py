"""The program has come to its end, which waits for a thread that never does."""

import threading


def work():
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()  # error: deadlock at `lock.acquire()`


threading.Thread(target=work).start()
