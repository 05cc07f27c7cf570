"""A producer that is held back by a small queue, and a sentinel at its end."""

import asyncio

END = object()


async def produce(queue, count):
    for number in range(count):
        await asyncio.sleep(0.01)
        await queue.put(number)
    await queue.put(END)


async def consume(queue):
    total = 0
    while (item := await queue.get()) is not END:
        await asyncio.sleep(0.02)
        total += item
    return total


async def main():
    queue = asyncio.Queue(maxsize=2)
    _, total = await asyncio.gather(produce(queue, 10), consume(queue))
    print(total)


asyncio.run(main())
