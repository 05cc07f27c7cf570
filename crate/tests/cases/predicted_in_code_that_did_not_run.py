import asyncio
import subprocess
import time
async def notify():
    await asyncio.sleep(0)
class Service:
    def __init__(self):
        self.ready = False
    async def connect(self):
        await asyncio.sleep(1)
    async def start(self):
        self.connect()  # error: coroutine-never-awaited
        asyncio.sleep(1)  # error: coroutine-never-awaited
        asyncio.create_task(self.poll())  # warning: dangling-task
        loop = asyncio.get_running_loop()
        loop.create_task(self.poll())  # warning: dangling-task
        loop.call_later(1, notify)  # error: coroutine-in-sync-callback
        asyncio.gather(self.poll(), self.poll())  # warning: awaitable-dropped
    async def poll(self):
        while True:
            try:
                await self.connect()
            except:  # warning: cancellation-swallowed
                print("failed")
            time.sleep(1)  # warning: blocking-call
    async def end(self):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:  # warning: cancellation-swallowed
            print("cancelled")
    async def rest(self):
        async with asyncio.timeout(1):  # warning: timeout-without-await
            subprocess.run(["ls"])  # warning: blocking-call
        with asyncio.timeout(1):  # error: wrong-async-protocol
            await self.connect()
        while not self.ready:
            await asyncio.sleep(0)  # warning: busy-wait
        await asyncio.wait([notify(), notify()])  # error: legacy-asyncio
        asyncio.Lock(loop=None)  # error: legacy-asyncio
        return asyncio.run(self.connect())  # error: nested-event-loop
    async def items(self):
        async with asyncio.timeout(1):
            yield 1  # warning: yield-in-cancel-scope
