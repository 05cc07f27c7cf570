"""Awaiting coroutines that never suspend, and tasks that take turns."""
import asyncio
from time import perf_counter


async def leaf(number):
    return number + 1


async def chain(depth):
    if depth == 0:
        return 0
    return 1 + await chain(depth - 1)


async def turns(count):
    for _ in range(count):
        await asyncio.sleep(0)


async def main():
    total = 0
    for number in range(80_000):
        total += await leaf(number)
    for _ in range(1_500):
        await chain(40)
    await asyncio.gather(*(turns(200) for _ in range(50)))


begun = perf_counter()
asyncio.run(main())
print(perf_counter() - begun)
