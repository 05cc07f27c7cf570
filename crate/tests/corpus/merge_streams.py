"""Two asynchronous generators merged into one through a queue, with everything closed at the end."""

import asyncio
from contextlib import aclosing


async def ticks(name, pause, count):
    for number in range(count):
        await asyncio.sleep(pause)
        yield f"{name}{number}"


async def merge(*sources):
    queue = asyncio.Queue(maxsize=1)
    done = object()

    async def drain(source):
        async with aclosing(source):
            async for item in source:
                await queue.put(item)
        await queue.put(done)

    drains = [asyncio.create_task(drain(source)) for source in sources]
    try:
        left = len(drains)
        while left:
            item = await queue.get()
            if item is done:
                left -= 1
            else:
                yield item
    finally:
        for task in drains:
            task.cancel()
        await asyncio.gather(*drains, return_exceptions=True)


async def main():
    async with aclosing(merge(ticks("a", 0.1, 5), ticks("b", 0.25, 5))) as merged:
        async for item in merged:
            print(item)
            if item == "b1":
                break


asyncio.run(main())
