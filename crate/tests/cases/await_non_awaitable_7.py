"""The future of an executor is for threads."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


async def main():
    with ThreadPoolExecutor() as executor:
        await executor.submit(pow, 2, 3)  # error: await-non-awaitable # says: `asyncio.wrap_future()`


asyncio.run(main())
