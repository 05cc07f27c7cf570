"""A circuit breaker: after some failures calls are refused for a while, then one is let through to try."""

import asyncio


class CircuitOpen(Exception):
    pass


class Breaker:
    def __init__(self, limit, pause):
        self.limit = limit
        self.pause = pause
        self.failures = 0
        self.opened_at = None

    async def call(self, function, *args):
        now = asyncio.get_running_loop().time()
        if self.opened_at is not None and now - self.opened_at < self.pause:
            raise CircuitOpen
        try:
            result = await function(*args)
        except ConnectionError:
            self.failures += 1
            if self.failures >= self.limit:
                self.opened_at = now
            raise
        self.failures = 0
        self.opened_at = None
        return result


async def service(number):
    await asyncio.sleep(0.05)
    if number < 4:
        raise ConnectionError("down")
    return f"answer {number}"


async def main():
    breaker = Breaker(limit=3, pause=1)
    for number in range(8):
        try:
            print(await breaker.call(service, number))
        except CircuitOpen:
            print("not even tried")
        except ConnectionError as problem:
            print(problem)
        await asyncio.sleep(0.25)


asyncio.run(main())
