"""Where other classes inherit a class method, each keeps a value of its own."""

import asyncio


class Stats:
    hits = 0

    @classmethod
    async def hit(cls):
        hits = cls.hits
        await asyncio.sleep(0)
        cls.hits = hits + 1


class Pages(Stats):
    pass


class Images(Stats):
    pass


async def main():
    await asyncio.gather(Pages.hit(), Images.hit())
    print(Stats.hits, Pages.hits, Images.hits)


asyncio.run(main())
