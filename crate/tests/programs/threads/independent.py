"""Threads that have nothing to do with one another: a sleep blocks only the thread that sleeps."""

import threading
import time


def worker(number):
    for step in range(2):
        time.sleep(0.1 * number)
        print(f"{time.monotonic():.1f}", "worker", number, "step", step, threading.current_thread().name)


threads = [threading.Thread(target=worker, args=(number,)) for number in (2, 3)]
for thread in threads:
    thread.start()
print("started", [thread.is_alive() for thread in threads])  # prints: started [True, True]
# prints: 0.2 worker 2 step 0 Thread-1 (worker)
# prints: 0.3 worker 3 step 0 Thread-2 (worker)
# prints: 0.4 worker 2 step 1 Thread-1 (worker)
# prints: 0.6 worker 3 step 1 Thread-2 (worker)
for thread in threads:
    thread.join()
print("joined at", f"{time.monotonic():.1f}", threading.active_count())  # prints: joined at 0.6 1
