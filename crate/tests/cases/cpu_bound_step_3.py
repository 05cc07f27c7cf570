"""What computes within a call is marked, not the name that takes its value."""

import asyncio


async def main():
    waiting = asyncio.create_task(asyncio.sleep(0.01))
    await asyncio.sleep(0)
    total = sum(range(30_000_000))  # warning: cpu-bound-step at `sum(range(30_000_000))`
    await asyncio.sleep(0)
    longest = max(range(1_500_000), key=lambda x: (x % 1000, x * x))  # warning: cpu-bound-step at `(x % 1000, x * x)`
    await waiting
    print(total, longest)


asyncio.run(main())
