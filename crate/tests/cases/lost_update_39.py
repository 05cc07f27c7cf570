"""An old value that is named in a condition."""

import asyncio

counts = {"a": 0, "b": 0}


async def limited():
    if (now := counts["a"]) < 5:
        await asyncio.sleep(0.1)
        counts["a"] = now + 1  # error: lost-update


async def looks_again():
    if (now := counts["b"]) < 5:
        await asyncio.sleep(0.1)
        counts["b"] = max(now, counts["b"]) + 1


async def main():
    await asyncio.gather(limited(), limited())
    await asyncio.gather(looks_again(), looks_again())
    print(counts)


asyncio.run(main())
