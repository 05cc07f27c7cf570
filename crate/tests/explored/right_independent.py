"""Each task makes something of its own, and what the others have made is only asked for with a default."""

import asyncio

results = {}


async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    results[name] = seconds
    return sum(results.get(other, 0) for other in "abc")


async def main():
    await asyncio.gather(fetch("a", 0.1), fetch("b", 0.2), fetch("c", 0.3))
    assert results["a"] + results["b"] + results["c"] > 0.5


asyncio.run(main())
