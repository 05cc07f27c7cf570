"""What a class method keeps in its class is the same for all of its calls."""

import asyncio


class Stats:
    hits = 0

    @classmethod
    async def hit(cls):
        hits = cls.hits
        await asyncio.sleep(0)
        cls.hits = hits + 1  # error: lost-update


async def main():
    await asyncio.gather(*(Stats.hit() for _ in range(3)))
    print(Stats.hits)


asyncio.run(main())
