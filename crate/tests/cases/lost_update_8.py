import asyncio


class Stats:
    total = 0

    async def add(self, n):
        self.total += await self.weigh(n)  # error: lost-update

    async def weigh(self, n):
        await asyncio.sleep(0.01)
        return n


async def main():
    stats = Stats()
    await asyncio.gather(stats.add(1), stats.add(2), stats.add(3))
    print(stats.total)


asyncio.run(main())
