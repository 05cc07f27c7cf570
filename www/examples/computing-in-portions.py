import asyncio


async def pi_by_hand(turns):
    total = 0.0
    for turn in range(turns):
        total += (-1) ** turn / (2 * turn + 1)
        if turn % 10_000 == 0:
            await asyncio.sleep(0)
    return 4 * total


async def clock():
    for second in range(3):
        print("tick", second)
        await asyncio.sleep(0.1)


async def main():
    _, ratio = await asyncio.gather(clock(), pi_by_hand(250_000))
    print(round(ratio, 3))


asyncio.run(main())

# prints: tick 0
# prints: tick 1
# prints: tick 2
# prints: 3.142
# outcome: completed
