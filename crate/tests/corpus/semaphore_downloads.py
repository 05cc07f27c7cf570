"""Twenty downloads, three at a time, with the largest number at once noted."""

import asyncio


class Meter:
    def __init__(self):
        self.now = 0
        self.most = 0

    def __enter__(self):
        self.now += 1
        self.most = max(self.most, self.now)

    def __exit__(self, *_):
        self.now -= 1


async def download(number, limit, meter):
    async with limit:
        with meter:
            await asyncio.sleep(0.1)
    return number


async def main():
    limit = asyncio.Semaphore(3)
    meter = Meter()
    numbers = await asyncio.gather(*(download(number, limit, meter) for number in range(20)))
    print(sum(numbers), "at most", meter.most)


asyncio.run(main())
