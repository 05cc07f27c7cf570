"""A crawler over pages in memory: a semaphore limits how many are fetched at once."""

import asyncio

SITE = {
    "/": ["/about", "/blog", "/shop"],
    "/about": ["/"],
    "/blog": ["/blog/1", "/blog/2", "/blog/3"],
    "/blog/1": ["/blog"],
    "/blog/2": ["/blog", "/shop"],
    "/blog/3": ["/missing"],
    "/shop": ["/"],
}


class Crawler:
    def __init__(self, limit):
        self.limit = asyncio.Semaphore(limit)
        self.seen = set()
        self.broken = []

    async def fetch(self, path):
        async with self.limit:
            await asyncio.sleep(0.05)
            if path not in SITE:
                raise LookupError(path)
            return SITE[path]

    async def visit(self, path, group):
        if path in self.seen:
            return
        self.seen.add(path)
        try:
            links = await self.fetch(path)
        except LookupError:
            self.broken.append(path)
            return
        for link in links:
            group.create_task(self.visit(link, group))

    async def crawl(self):
        async with asyncio.TaskGroup() as group:
            group.create_task(self.visit("/", group))


async def main():
    crawler = Crawler(limit=2)
    await crawler.crawl()
    print(sorted(crawler.seen))
    print("broken:", crawler.broken)


asyncio.run(main())
