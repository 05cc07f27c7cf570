"""No loop runs: it is the main thread that waits for ever."""

import threading

left, right = threading.Lock(), threading.Lock()
holds_right = threading.Event()


def take_left():
    with right:
        holds_right.set()
        with left:
            print("never")


with left:
    threading.Thread(target=take_left).start()
    holds_right.wait()
    right.acquire()  # error: deadlock at `right.acquire()`
