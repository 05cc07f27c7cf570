"""A place that has a line and no columns is widened to what stands there."""

import asyncio


def primes(most):
    found = []
    for number in range(2, most):
        if all(number % prime for prime in found if prime * prime <= number):  # warning: cpu-bound-step at `all(`
            found.append(number)
    return found


async def heartbeat():
    for _ in range(3):
        await asyncio.sleep(0.05)


async def main():
    beating = asyncio.create_task(heartbeat())
    await asyncio.sleep(0.01)
    print(len(primes(20000)))  # related: cpu-bound-step
    await beating


asyncio.run(main())
