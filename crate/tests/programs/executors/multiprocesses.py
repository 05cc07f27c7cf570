"""`multiprocessing`: processes with what they share, pools, and managers."""

import asyncio
import multiprocessing
import os
import signal
import sys
import time
from multiprocessing.pool import ThreadPool


def introduce():
    process = multiprocessing.current_process()
    print(process.name, process.pid == os.getpid(), os.getppid() == multiprocessing.parent_process().pid)


def produce(queue, count):
    for number in range(count):
        queue.put((count, number))
        time.sleep(0.01)


def work_off(queue):
    while (job := queue.get()) is not None:
        print("job", job)
        queue.task_done()
    queue.task_done()


def answer(connection):
    connection.send([1, "a", None])
    print("asked", connection.recv())


def count(value, numbers, lock):
    for _ in range(100):
        with value.get_lock():
            value.value += 1
    with lock:
        numbers[0] = -numbers[0]


def fail():
    raise ValueError("in the process")


def slow(number):
    time.sleep(0.2)
    return number


def change(names, numbers):
    names["two"] = 2
    numbers.reverse()


def main():
    process = multiprocessing.Process(target=introduce)
    process.start()
    process.join()
    # prints: Process-1 True True
    print(process)  # prints: <Process name='Process-1' pid=1001 parent=1000 stopped exitcode=0>

    queue = multiprocessing.Queue()
    producers = [multiprocessing.Process(target=produce, args=(queue, count)) for count in (1, 2)]
    for process in producers:
        process.start()
    print(sorted(queue.get() for _ in range(3)))  # prints: [(1, 0), (2, 0), (2, 1)]
    for process in producers:
        process.join()

    jobs = multiprocessing.JoinableQueue()
    multiprocessing.Process(target=work_off, args=(jobs,)).start()
    for job in ("first", "second", None):
        jobs.put(job)
    jobs.join()
    # prints: job first
    # prints: job second

    near, far = multiprocessing.Pipe()
    process = multiprocessing.Process(target=answer, args=(far,))
    process.start()
    print(near.recv())  # prints: [1, 'a', None]
    near.send("back")
    process.join()
    # prints: asked back

    value, numbers, lock = multiprocessing.Value("i", 0), multiprocessing.Array("d", [1.5, 2]), multiprocessing.Lock()
    counters = [multiprocessing.Process(target=count, args=(value, numbers, lock)) for _ in range(3)]
    for process in counters:
        process.start()
    for process in counters:
        process.join()
    print(value.value, numbers[:])  # prints: 300 [-1.5, 2.0]

    for target in (fail, sys.exit):
        process = multiprocessing.Process(target=target, args=(3,) if target is sys.exit else ())
        process.start()
        process.join()
        print(process.exitcode)
    # prints: 1
    # prints: 3
    # reports: ValueError: in the process

    process = multiprocessing.Process(target=time.sleep, args=(60,), daemon=True)
    process.start()
    process.join(0.5)
    print(process.is_alive(), multiprocessing.active_children() == [process])  # prints: True True
    process.terminate()
    process.join()
    print(process.exitcode == -signal.SIGTERM, time.monotonic() < 5)  # prints: True True
    try:
        multiprocessing.Process(target=lambda: None).start()
    except Exception as error:
        print(type(error).__name__)  # prints: PicklingError
    process = multiprocessing.get_context("fork").Process(target=lambda: print("forked"))
    process.start()
    process.join()
    # prints: forked


def pools():
    with multiprocessing.Pool(3) as pool:
        start = time.monotonic()
        print(pool.map(slow, range(3), chunksize=1))  # prints: [0, 1, 2]
        print(round(time.monotonic() - start, 1))  # prints: 0.2
        print(pool.apply_async(pow, (2, 10)).get(timeout=1))  # prints: 1024
        print(sorted(pool.imap_unordered(abs, [-1, 2])))  # prints: [1, 2]
        try:
            pool.apply(int, ("x",))
        except ValueError as error:
            print(error)  # prints: invalid literal for int() with base 10: 'x'
        try:
            pool.apply_async(slow, (1,)).get(timeout=0.05)
        except multiprocessing.TimeoutError:
            print("too slow")  # prints: too slow
        print(len({*pool.starmap(os.getpid, [()])} - {os.getpid()}))  # prints: 1
    with ThreadPool(2) as pool:
        print(pool.map(slow, [7]))  # prints: [7]
    with multiprocessing.Manager() as manager:
        names, numbers = manager.dict(one=1), manager.list(range(3))
        process = multiprocessing.Process(target=change, args=(names, numbers))
        process.start()
        process.join()
        print(names, numbers)  # prints: {'one': 1, 'two': 2} [2, 1, 0]


async def beside_a_loop():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    with multiprocessing.Pool(1) as pool:
        pool.apply_async(slow, (5,), callback=lambda result: loop.call_soon_threadsafe(future.set_result, result))
        print(await future)  # prints: 5


if __name__ == "__main__":
    main()
    pools()
    asyncio.run(beside_a_loop())
