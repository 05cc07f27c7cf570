"""A decorator tries again, with longer and longer pauses."""

import asyncio
import functools
import random


def retry(*errors, attempts=4, base=0.05):
    def decorate(function):
        @functools.wraps(function)
        async def wrapper(*args, **kwargs):
            for attempt in itertools_count():
                try:
                    return await function(*args, **kwargs)
                except errors:
                    if attempt + 1 == attempts:
                        raise
                    await asyncio.sleep(base * 2**attempt + random.random() * base)
        return wrapper
    return decorate


def itertools_count():
    n = 0
    while True:
        yield n
        n += 1


class Flaky:
    def __init__(self, failures):
        self.failures = failures

    @retry(ConnectionError, TimeoutError)
    async def call(self, value):
        async with asyncio.timeout(0.1):
            if self.failures > 0:
                self.failures -= 1
                if self.failures % 2:
                    await asyncio.sleep(1)
                raise ConnectionError("down")
            await asyncio.sleep(0.01)
            return value


async def main():
    print(await Flaky(2).call("up"))
    results = await asyncio.gather(
        Flaky(0).call("a"), Flaky(3).call("b"), Flaky(10).call("c"), return_exceptions=True
    )
    for result in results:
        print(type(result).__name__ if isinstance(result, Exception) else result)


asyncio.run(main())
