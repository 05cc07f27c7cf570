"""So many downloads at once, and so many of each host."""

import asyncio
import random
from contextlib import AsyncExitStack


class Downloader:
    def __init__(self, limit, per_host):
        self.limit = asyncio.Semaphore(limit)
        self.per_host = per_host
        self.hosts = {}
        self.results = {}
        self.failed = {}

    def host_limit(self, host):
        return self.hosts.setdefault(host, asyncio.BoundedSemaphore(self.per_host))

    async def download(self, host, path):
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self.limit)
            await stack.enter_async_context(self.host_limit(host))
            await asyncio.sleep(random.uniform(0.01, 0.05))
            if path.endswith("7"):
                raise FileNotFoundError(path)
            return f"{host}{path}"

    async def worker(self, queue):
        while True:
            try:
                host, path = queue.get_nowait()
            except asyncio.QueueEmpty:
                return
            try:
                self.results[host, path] = await self.download(host, path)
            except OSError as error:
                self.failed[host, path] = error


async def main():
    queue = asyncio.Queue()
    for n in range(30):
        queue.put_nowait((f"host{n % 3}", f"/{n}"))
    downloader = Downloader(8, 3)
    async with asyncio.TaskGroup() as group:
        for _ in range(10):
            group.create_task(downloader.worker(queue))
    print(len(downloader.results), len(downloader.failed))


asyncio.run(main())
