"""The first one home wins, and the others leave."""

import asyncio

best = 0
winner = None


async def race(name, seconds):
    global best, winner
    seen = best
    await asyncio.sleep(seconds)
    if winner is not None:
        return
    winner = name
    best = seen + 1


async def main():
    await asyncio.gather(race("a", 0.1), race("b", 0.2))
    print(winner, best)


asyncio.run(main())
