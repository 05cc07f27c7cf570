"""A lock, a condition, an event, a semaphore and a barrier pass from thread to thread."""

import threading
import time


def run_all(*functions):
    threads = [threading.Thread(target=function) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


lock = threading.Lock()


def locked():
    with lock:
        time.sleep(0.1)
        print("in the lock", round(time.monotonic(), 1))


# prints: in the lock 0.1
# prints: in the lock 0.2
run_all(locked, locked)

condition, items = threading.Condition(), []


def consume():
    with condition:
        condition.wait_for(lambda: items)
        print("consumed", items.pop())


def produce():
    time.sleep(0.1)
    with condition:
        items.append("item")
        condition.notify()


run_all(consume, produce)  # prints: consumed item

event = threading.Event()


def wait():
    print("event", event.wait(0.05), event.wait())


def set_event():
    time.sleep(0.2)
    event.set()


run_all(wait, set_event)  # prints: event False True

semaphore, inside = threading.BoundedSemaphore(2), []


def limited():
    with semaphore:
        inside.append(None)
        time.sleep(0.1)
        most.append(len(inside))
        inside.pop()


most = []
run_all(*[limited] * 5)
print("inside at most", max(most))  # prints: inside at most 2

barrier = threading.Barrier(3)


def meet(delay):
    start = time.monotonic()
    time.sleep(delay)
    barrier.wait()
    waited.append(round(time.monotonic() - start, 1))


waited = []
run_all(lambda: meet(0.1), lambda: meet(0.3), lambda: meet(0.2))
print("met after", waited)  # prints: met after [0.3, 0.3, 0.3]

reentrant = threading.RLock()


def twice():
    with reentrant:
        with reentrant:
            time.sleep(0.1)
    print("released")


run_all(twice, twice)
# prints: released
# prints: released
