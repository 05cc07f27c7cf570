"""A pool of processes: jobs are copied, compute side by side, and must be picklable."""

import asyncio
import time
from concurrent.futures import ProcessPoolExecutor


def compute(numbers):
    numbers.append(None)
    total = 0
    for number in range(3_000_000):
        total += number
    return total


def fail():
    raise ValueError("in the worker")


async def main():
    loop = asyncio.get_running_loop()
    mine = []
    with ProcessPoolExecutor(2) as pool:
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
            print(error, type(error.__cause__).__name__)  # prints: in the worker _RemoteTraceback
        try:
            await loop.run_in_executor(pool, lambda: 1)
        except Exception as error:
            print("lambda" in str(error))  # prints: True


if __name__ == "__main__":
    asyncio.run(main())
