"""A task is started and stopped by methods, the second stop being idle."""

import asyncio


class Periodic:
    def __init__(self, interval, func):
        self.interval = interval
        self.func = func
        self._task = None

    async def start(self):
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    async def stop(self):
        if self._task is not None:
            self._task.cancel()
            try:
                await self._task
            except asyncio.CancelledError:
                pass
            self._task = None

    async def _run(self):
        while True:
            await asyncio.sleep(self.interval)
            self.func()


async def main():
    p = Periodic(0.1, lambda: print("tick"))
    await p.start()
    await asyncio.sleep(0.35)
    await p.stop()
    await p.stop()


asyncio.run(main())
