import asyncio
import contextlib
import time
class Service:
    def __init__(self):
        self.tasks = set()
        self.task = None
    async def connect(self):
        await asyncio.sleep(1)
    def spawn(self, coroutine):
        task = asyncio.create_task(coroutine)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
    async def start(self):
        await self.connect()
        self.task = asyncio.create_task(self.poll())
        async with asyncio.TaskGroup() as group:
            group.create_task(self.poll())
    async def poll(self):
        while True:
            try:
                await self.connect()
            except asyncio.CancelledError:
                raise
            except BaseException:
                print("failed")
            await asyncio.sleep(1)
    async def forward(self, future):
        try:
            future.set_result(await self.connect())
        except BaseException as error:
            future.set_exception(error)
    async def stop(self):
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task
    async def join(self):
        try:
            await self.task
        except asyncio.CancelledError:
            print("it was cancelled")
    async def offload(self):
        def work():
            time.sleep(1)
        await asyncio.to_thread(work)
        async with asyncio.timeout(1):
            await self.connect()
    @contextlib.asynccontextmanager
    async def limited(self):
        async with asyncio.timeout(1):
            yield self
def main():
    loop = asyncio.new_event_loop()
    loop.create_task(Service().start())
    loop.run_forever()
