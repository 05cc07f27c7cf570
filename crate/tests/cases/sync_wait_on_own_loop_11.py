import asyncio
import threading

class Cache:
    def __init__(self):
        self._lock = threading.Lock()
        self.data = {}

    async def fill(self, key):
        self._lock.acquire()
        self.data[key] = await self.load(key)  # related: sync-wait-on-own-loop
        self._lock.release()

    async def load(self, key):
        await asyncio.sleep(0.01)
        return key * 2

    def peek(self, key):
        with self._lock:  # error: sync-wait-on-own-loop
            return self.data.get(key)

async def main():
    cache = Cache()
    task = asyncio.create_task(cache.fill("a"))
    await asyncio.sleep(0)
    print(cache.peek("a"))
    await task

asyncio.run(main())
