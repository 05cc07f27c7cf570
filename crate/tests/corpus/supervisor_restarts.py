"""Workers that fail are started again, and a signal stops them all."""

import asyncio
import logging
import os
import random
import signal

logging.basicConfig(level=logging.WARNING)


class Supervisor:
    def __init__(self, factories, *, max_restarts=3):
        self.factories = factories
        self.max_restarts = max_restarts
        self.restarts = {name: 0 for name in factories}
        self.stopping = asyncio.Event()

    async def supervise(self, name, factory):
        while not self.stopping.is_set():
            try:
                await factory(name)
                return
            except asyncio.CancelledError:
                raise
            except Exception as error:
                self.restarts[name] += 1
                if self.restarts[name] > self.max_restarts:
                    raise RuntimeError(f"{name} keeps failing") from error
                delay = 0.1 * 2 ** self.restarts[name]
                try:
                    await asyncio.wait_for(self.stopping.wait(), timeout=delay)
                except TimeoutError:
                    pass

    async def run(self):
        loop = asyncio.get_running_loop()
        for sig in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(sig, self.stopping.set)
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [
                    group.create_task(self.supervise(name, factory), name=name)
                    for name, factory in self.factories.items()
                ]
                stopper = group.create_task(self.stop_all(tasks))
                await asyncio.wait(tasks)
                self.stopping.set()
                await stopper
        finally:
            for sig in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(sig)

    async def stop_all(self, tasks):
        await self.stopping.wait()
        for task in tasks:
            task.cancel()


attempts = {}


async def flaky(name):
    attempts[name] = attempts.get(name, 0) + 1
    await asyncio.sleep(random.uniform(0.01, 0.05))
    if attempts[name] < 3:
        raise ConnectionError(name)


async def steady(name):
    while True:
        await asyncio.sleep(0.2)


async def main():
    supervisor = Supervisor({"flaky": flaky, "steady": steady})
    asyncio.get_running_loop().call_later(2, os.kill, os.getpid(), signal.SIGTERM)
    await supervisor.run()
    print(supervisor.restarts)


if __name__ == "__main__":
    asyncio.run(main())
