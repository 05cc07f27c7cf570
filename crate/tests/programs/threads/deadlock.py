"""Two threads that each hold what the other wants wait for ever, and so does who joins them."""

import threading
import time

first, second = threading.Lock(), threading.Lock()


def take(one, another):
    with one:
        time.sleep(0.1)
        print("wants the other")
        with another:
            print("never")


threads = [threading.Thread(target=take, args=pair) for pair in ((first, second), (second, first))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
# prints: wants the other
# prints: wants the other
# outcome: deadlocked
