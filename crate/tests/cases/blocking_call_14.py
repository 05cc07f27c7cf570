"""What waits at the end of a block, or behind an iterator, is called as the source says."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


async def main():
    with ThreadPoolExecutor() as pool:  # warning: blocking-call at `ThreadPoolExecutor()`
        pool.submit(time.sleep, 0.3)
    pool = ThreadPoolExecutor()
    print(list(pool.map(time.sleep, [0.2])))  # warning: blocking-call at `list(pool.map(time.sleep, [0.2]))`


asyncio.run(main())
