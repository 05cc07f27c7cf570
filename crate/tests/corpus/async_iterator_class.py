"""An iterator class with `__anext__`, and a context manager class with `__aenter__`."""

import asyncio


class Countdown:
    def __init__(self, start):
        self.left = start

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.left == 0:
            raise StopAsyncIteration
        await asyncio.sleep(0.1)
        self.left -= 1
        return self.left + 1


class Stopwatch:
    async def __aenter__(self):
        self.start = asyncio.get_running_loop().time()
        return self

    async def __aexit__(self, kind, problem, traceback):
        self.seconds = asyncio.get_running_loop().time() - self.start
        return False


async def main():
    async with Stopwatch() as watch:
        async for number in Countdown(3):
            print(number)
    print(round(watch.seconds, 1))


asyncio.run(main())
