"""Three stages joined by queues; each passes the end on to the next."""

import asyncio


async def read(out):
    for line in ["  one ", "two", "  three"]:
        await asyncio.sleep(0.02)
        await out.put(line)
    await out.put(None)


async def strip(source, out):
    while (line := await source.get()) is not None:
        await out.put(line.strip())
    await out.put(None)


async def write(source):
    lines = []
    while (line := await source.get()) is not None:
        await asyncio.sleep(0.05)
        lines.append(line.upper())
    return lines


async def main():
    first, second = asyncio.Queue(1), asyncio.Queue(1)
    *_, lines = await asyncio.gather(read(first), strip(first, second), write(second))
    print(lines)


asyncio.run(main())
