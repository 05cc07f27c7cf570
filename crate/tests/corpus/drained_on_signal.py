"""A signal stops the producer; what it has made is still consumed."""

import asyncio
import contextlib
import os
import signal


class App:
    def __init__(self):
        self.queue = asyncio.Queue()
        self.stop = asyncio.Event()
        self.done = []

    async def produce(self):
        n = 0
        while not self.stop.is_set():
            await self.queue.put(n)
            n += 1
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.05):
                    await self.stop.wait()

    async def consume(self, name):
        while True:
            item = await self.queue.get()
            try:
                await asyncio.sleep(0.12)
                self.done.append((name, item))
            finally:
                self.queue.task_done()

    async def run(self):
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self.stop.set)
        consumers = [asyncio.create_task(self.consume(name), name=name) for name in "abc"]
        producer = asyncio.create_task(self.produce())
        await self.stop.wait()
        await producer
        await self.queue.join()
        for consumer in consumers:
            consumer.cancel()
        await asyncio.gather(*consumers, return_exceptions=True)
        loop.remove_signal_handler(signal.SIGTERM)
        print(len(self.done), "items")


async def main():
    app = App()
    asyncio.get_running_loop().call_later(1, os.kill, os.getpid(), signal.SIGTERM)
    await app.run()


asyncio.run(main())
