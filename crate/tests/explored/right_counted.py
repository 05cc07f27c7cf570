"""A count of what is under way, in a program that cancels nothing."""

import asyncio


class Meter:
    def __init__(self):
        self.now = self.most = 0

    async def measure(self, seconds):
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(seconds)
        self.now -= 1


async def main():
    meter = Meter()
    await asyncio.gather(*(meter.measure(number / 10) for number in range(1, 4)))
    print(meter.most)


asyncio.run(main())
