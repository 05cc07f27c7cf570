"""Asynchronous generators feed each other, one of them from a task."""

import asyncio
from contextlib import aclosing


async def numbers(limit):
    for n in range(limit):
        await asyncio.sleep(0.001)
        yield n


async def squares(source):
    async for n in source:
        yield n * n


async def batched(source, size):
    batch = []
    async for item in source:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


async def buffered(source, size):
    """Reads ahead in a task of its own."""
    queue = asyncio.Queue(size)
    end = object()

    async def pump():
        async for item in source:
            await queue.put(item)
        await queue.put(end)

    task = asyncio.create_task(pump())
    try:
        while (item := await queue.get()) is not end:
            yield item
        await task
    finally:
        task.cancel()


async def main():
    async for batch in batched(squares(numbers(10)), 4):
        print(batch)
    async with aclosing(buffered(numbers(8), 2)) as items:
        print([n async for n in items])
    print({n: n * 2 async for n in numbers(3)})
    print(await anext(aiter_of([1, 2])))


def aiter_of(items):
    class It:
        def __init__(self):
            self.items = iter(items)

        def __aiter__(self):
            return self

        async def __anext__(self):
            await asyncio.sleep(0)
            try:
                return next(self.items)
            except StopIteration:
                raise StopAsyncIteration from None

    return It()


asyncio.run(main())
