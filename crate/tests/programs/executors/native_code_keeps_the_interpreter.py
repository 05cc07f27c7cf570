"""Native code in a thread keeps the interpreter, and the loop waits; digests and compression release it."""

import asyncio
import hashlib
import json
import re
import zlib

NUMBERS = json.dumps(list(range(200_000)))
BYTES = bytes(40_000_000)


def python():
    total = 0
    for number in range(1_000_000):
        total += number


async def lateness(function):
    """Whether a timer of the loop is late by more than the switch interval while a thread runs the function."""
    loop = asyncio.get_running_loop()
    worst = 0

    async def tick():
        nonlocal worst
        while True:
            start = loop.time()
            await asyncio.sleep(0.001)
            worst = max(worst, loop.time() - start - 0.001)

    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0)
    await asyncio.to_thread(function)
    await asyncio.sleep(0.001)
    ticking.cancel()
    return worst > 0.006


async def main():
    print(await lateness(lambda: json.loads(NUMBERS)))  # prints: True
    print(await lateness(lambda: re.match(r"(x+x+)+y", "x" * 20)))  # prints: True
    print(await lateness(lambda: sorted(range(500_000))))  # prints: True
    print(await lateness(python))  # prints: False
    print(await lateness(lambda: hashlib.sha256(BYTES)))  # prints: False
    print(await lateness(lambda: zlib.compress(BYTES, 1)))  # prints: False
    print(await lateness(lambda: zlib.crc32(BYTES)))  # prints: False


asyncio.run(main())
