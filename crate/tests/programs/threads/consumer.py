"""A thread consumes a queue until it is told to stop, and the queue holds back who fills it."""

import queue
import threading
import time

jobs = queue.Queue(maxsize=1)


def consume():
    for job in iter(jobs.get, None):
        time.sleep(0.1)
        print("done", job)
        jobs.task_done()


consumer = threading.Thread(target=consume)
consumer.start()
for job in range(3):
    jobs.put(job)
    print("put", job, f"{time.monotonic():.1f}")
# prints: put 0 0.0
# prints: put 1 0.0
# prints: done 0
# prints: put 2 0.1
# prints: done 1
# prints: done 2
jobs.join()
jobs.put(None)
consumer.join()
print("over", f"{time.monotonic():.1f}")  # prints: over 0.3
