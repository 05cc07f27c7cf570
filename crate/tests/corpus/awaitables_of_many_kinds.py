"""Objects, factories and futures that are awaited in other places than where they are made."""

import asyncio
import contextlib
import time


async def work(n=0):
    await asyncio.sleep(0.01)
    return n


def make():
    return work(1)


class Lazy:
    def __init__(self):
        self._value = None

    def __await__(self):
        return self._load().__await__()

    async def _load(self):
        if self._value is None:
            self._value = await work(7)
        return self._value


async def main():
    lazy = Lazy()
    print(await lazy, await lazy)
    factories = [make, lambda: work(2), work]
    print([await factory() for factory in factories])
    stack = contextlib.AsyncExitStack()
    async with stack:
        stack.push_async_callback(work, 3)
    pending = {name: work(n) for n, name in enumerate("ab")}
    print({name: await coro for name, coro in pending.items()})
    first, *rest = [asyncio.ensure_future(work(n)) for n in range(3)]
    print(await first, await asyncio.gather(*rest))
    t0 = time.monotonic()
    while time.monotonic() - t0 < 0.05:
        await asyncio.sleep(0.01)
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_soon(future.set_result, None)
    await future
    with contextlib.suppress(asyncio.QueueEmpty):
        asyncio.Queue().get_nowait()
    task = asyncio.create_task(work(9))
    result = await asyncio.wait_for(asyncio.shield(task), 1)
    print(result)


asyncio.run(main())
