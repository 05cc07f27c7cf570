"""A pool of interpreters: what goes in and out is copied, and workers compute side by side."""

import asyncio
import threading
import time
from concurrent.futures import InterpreterPoolExecutor


def compute(numbers):
    numbers.append(None)
    total = 0
    for number in range(1_000_000):
        total += number
    return total


def fail():
    raise ValueError("in the worker")


async def main():
    loop = asyncio.get_running_loop()
    mine = []
    with InterpreterPoolExecutor(2) as pool:
        start = time.monotonic()
        await loop.run_in_executor(pool, compute, mine)
        alone = time.monotonic() - start
        start = time.monotonic()
        results = await asyncio.gather(*(loop.run_in_executor(pool, compute, mine) for _ in range(2)))
        together = time.monotonic() - start
        print(len(set(results)), mine, together < 1.5 * alone)  # prints: 1 [] True
        try:
            await loop.run_in_executor(pool, fail)
        except ValueError as error:
            print(error, type(error.__cause__).__name__)  # prints: in the worker ExecutionFailed
        print(await loop.run_in_executor(pool, lambda: 1))  # prints: 1
        try:
            await loop.run_in_executor(pool, lambda: mine)
        except Exception as error:
            print(type(error).__name__)  # prints: NotShareableError
        print(list(pool.map(abs, [-1, -2])))  # prints: [1, 2]


def begin(name):
    print("begins", name, threading.current_thread().name)


if __name__ == "__main__":
    asyncio.run(main())
    with InterpreterPoolExecutor(1, "worker", begin, ("well",)) as pool:
        # prints: begins well worker_0
        print(pool.submit(pow, 2, 10).result())  # prints: 1024
