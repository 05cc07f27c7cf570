"""No more than so many requests in a window of time."""

import asyncio
import time
from collections import deque


class RateLimiter:
    """At most `rate` acquisitions in `per` seconds."""

    def __init__(self, rate, per):
        self.rate, self.per = rate, per
        self.stamps = deque()
        self.lock = asyncio.Lock()

    async def __aenter__(self):
        async with self.lock:
            now = time.monotonic()
            while self.stamps and now - self.stamps[0] > self.per:
                self.stamps.popleft()
            if len(self.stamps) >= self.rate:
                await asyncio.sleep(self.per - (now - self.stamps[0]))
                self.stamps.popleft()
            self.stamps.append(time.monotonic())
        return self

    async def __aexit__(self, *exc):
        return False


class Client:
    def __init__(self, limiter):
        self.limiter = limiter
        self.count = 0

    async def get(self, url):
        async with self.limiter:
            await asyncio.sleep(0.02)
            self.count += 1
            return f"{url}: {self.count}"


async def main():
    client = Client(RateLimiter(5, 1.0))
    started = time.monotonic()
    pages = [asyncio.create_task(client.get(f"/{n}")) for n in range(20)]
    for page in asyncio.as_completed(pages):
        print(await page)
    print(f"{time.monotonic() - started:.1f}")


asyncio.run(main())
