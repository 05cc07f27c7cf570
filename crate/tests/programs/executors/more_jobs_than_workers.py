"""A pool with two workers runs four jobs in two rounds, while the loop goes on."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def job(number):
    time.sleep(0.3)
    return number * number


async def tick():
    for _ in range(3):
        await asyncio.sleep(0.15)
        print("tick")


async def main():
    loop = asyncio.get_running_loop()
    ticking = asyncio.create_task(tick())
    with ThreadPoolExecutor(max_workers=2) as pool:
        start = loop.time()
        results = await asyncio.gather(*(loop.run_in_executor(pool, job, number) for number in range(4)))
    # prints: tick
    # prints: tick
    # prints: tick
    print(results, round(loop.time() - start, 2))  # prints: [0, 1, 4, 9] 0.6
    await ticking
    start = loop.time()
    await asyncio.gather(*(loop.run_in_executor(None, job, number) for number in range(4)))
    print("side by side", round(loop.time() - start, 2))  # prints: side by side 0.3


asyncio.run(main())
