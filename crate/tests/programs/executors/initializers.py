"""What a pool does besides: initializers, names of workers, use after shutdown, jobs that are never started."""

import threading
import time
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor

local = threading.local()


def prepare(value):
    local.value = value


with ThreadPoolExecutor(2, thread_name_prefix="pool", initializer=prepare, initargs=("ready",)) as pool:
    names = set(pool.map(lambda _: (time.sleep(0.1), local.value, threading.current_thread().name)[1:], range(4)))
    print(sorted(names))  # prints: [('ready', 'pool_0'), ('ready', 'pool_1')]
try:
    pool.submit(print)
except RuntimeError as error:
    print(error)  # prints: cannot schedule new futures after shutdown


def fail():
    raise OSError("no")


broken = ThreadPoolExecutor(1, initializer=fail)
try:
    broken.submit(print).result()
except BrokenExecutor as error:
    print(type(error).__name__)  # prints: BrokenThreadPool
# reports: Exception in initializer:
pool = ThreadPoolExecutor(1)
pool.submit(time.sleep, 1)
waiting = [pool.submit(print, "never") for _ in range(3)]
pool.shutdown(wait=True, cancel_futures=True)
print([future.cancelled() for future in waiting], f"{time.monotonic():.1f}")  # prints: [True, True, True] 1.2
