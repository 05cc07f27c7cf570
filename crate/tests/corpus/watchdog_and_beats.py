"""A task that lives as long as a block, a timer that is set anew, a limit that moves."""

import asyncio
import time
from contextlib import asynccontextmanager, suppress


@asynccontextmanager
async def heartbeat(interval, beats):
    async def beat():
        while True:
            await asyncio.sleep(interval)
            beats.append(round(time.monotonic(), 1))

    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class Watchdog:
    def __init__(self, limit):
        self.limit = limit
        self.handle = None
        self.bitten = asyncio.Event()

    def pat(self):
        if self.handle is not None:
            self.handle.cancel()
        self.handle = asyncio.get_running_loop().call_later(self.limit, self.bitten.set)

    def stop(self):
        if self.handle is not None:
            self.handle.cancel()


async def main():
    beats = []
    async with heartbeat(0.1, beats):
        await asyncio.sleep(0.55)
    print(len(beats))
    dog = Watchdog(0.2)
    dog.pat()
    for pause in (0.1, 0.1, 0.3):
        await asyncio.sleep(pause)
        print(dog.bitten.is_set())
        dog.pat()
    dog.stop()
    started = time.perf_counter()
    try:
        async with asyncio.timeout_at(asyncio.get_running_loop().time() + 0.3) as scope:
            while True:
                await asyncio.sleep(0.1)
                if time.perf_counter() - started > 0.15:
                    scope.reschedule(asyncio.get_running_loop().time() + 0.05)
    except TimeoutError:
        print("over", scope.expired())


asyncio.run(main())
