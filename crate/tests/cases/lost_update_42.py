"""A test that nothing here changes does not keep anybody from writing, and neither does one that was seen to let both pass."""

import asyncio


class Meter:
    def __init__(self):
        self.total = 0
        self.enabled = True
        self.last = None

    async def add(self, amount):
        total = self.total
        await asyncio.sleep(0.1)
        if self.enabled:
            self.total = total + amount  # error: lost-update

    async def mark(self, who):
        total = self.total
        await asyncio.sleep(0.1)
        if self.last != who:
            print("marked by", who)
            self.last = who
            self.total = total + 1  # error: lost-update


async def main():
    meter = Meter()
    await asyncio.gather(meter.add(1), meter.add(2))
    await asyncio.gather(meter.mark("Ann"), meter.mark("Bob"))


asyncio.run(main())
