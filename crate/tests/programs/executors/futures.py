"""`concurrent.futures` without a loop: map, as_completed, exceptions, timeouts, cancellation, callbacks."""

import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, as_completed, wait


def slow(seconds):
    time.sleep(seconds)
    return seconds


start = time.monotonic()
with ThreadPoolExecutor(3) as pool:
    print(list(pool.map(slow, [0.3, 0.1, 0.2])), round(time.monotonic() - start, 1))  # prints: [0.3, 0.1, 0.2] 0.3
    futures = [pool.submit(slow, seconds) for seconds in (0.3, 0.1, 0.2)]
    print([future.result() for future in as_completed(futures)])  # prints: [0.1, 0.2, 0.3]
    print(repr(pool.submit(lambda: 1 / 0).exception()))  # prints: ZeroDivisionError('division by zero')
    done, pending = wait([pool.submit(slow, 0.1), pool.submit(slow, 5)], return_when=FIRST_COMPLETED)
    print(len(done), len(pending))  # prints: 1 1
    try:
        pending.pop().result(timeout=0.5)
    except TimeoutError:
        print("timed out")  # prints: timed out
    future = pool.submit(slow, 0.1)
    future.add_done_callback(lambda future: print("callback", future.result()))
print("shut down", round(time.monotonic() - start, 1))
# prints: callback 0.1
# prints: shut down 5.6

with ThreadPoolExecutor(1) as pool:
    first, second = pool.submit(slow, 0.1), pool.submit(slow, 0.1)
    print(second.cancel(), first.cancel(), second.cancelled())  # prints: True False True
