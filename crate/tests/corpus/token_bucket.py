"""A token bucket lets so many calls pass in a second."""

import asyncio


class Bucket:
    def __init__(self, rate, size):
        self.rate = rate
        self.size = size
        self.tokens = size
        self.filled = asyncio.get_running_loop().time()
        self.lock = asyncio.Lock()

    def fill(self):
        now = asyncio.get_running_loop().time()
        self.tokens = min(self.size, self.tokens + (now - self.filled) * self.rate)
        self.filled = now

    async def take(self):
        async with self.lock:
            self.fill()
            while self.tokens < 1:
                await asyncio.sleep((1 - self.tokens) / self.rate + 0.001)
                self.fill()
            self.tokens -= 1


async def call(bucket, number, times):
    await bucket.take()
    times.append((number, asyncio.get_running_loop().time()))


async def main():
    bucket = Bucket(rate=10, size=3)
    times = []
    start = asyncio.get_running_loop().time()
    await asyncio.gather(*(call(bucket, number, times) for number in range(13)))
    print("calls:", len(times), "took about a second:", 0.9 < times[-1][1] - start < 1.3)


asyncio.run(main())
