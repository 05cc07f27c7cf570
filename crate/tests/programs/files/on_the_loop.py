"""Reading a file takes the disk's time, on the loop as in a thread."""

import asyncio
import time
from pathlib import Path

Path("big.bin").write_bytes(bytes(1_000_000))


async def main():
    start = time.monotonic()
    data = Path("big.bin").read_bytes()
    print(len(data), time.monotonic() - start > 0.0005)  # prints: 1000000 True
    ticks = 0

    async def tick():
        nonlocal ticks
        while True:
            await asyncio.sleep(0.0001)
            ticks += 1

    ticking = asyncio.create_task(tick())
    await asyncio.to_thread(Path("big.bin").read_bytes)
    print(ticks > 3)  # prints: True
    ticking.cancel()


asyncio.run(main())
# leaves: big.bin 1000000
