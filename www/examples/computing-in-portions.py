import asyncio


async def pi_by_hand(turns):
    total = 0.0
    for turn in range(turns):
        total += (-1) ** turn / (2 * turn + 1)
        if turn % 10_000 == 0:
            await asyncio.sleep(0)
    return 4 * total


async def film():
    for frame in range(3):
        print("frame", frame)
        await asyncio.sleep(0.005)


async def main():
    _, ratio = await asyncio.gather(film(), pi_by_hand(80_000))
    print(round(ratio, 3))


asyncio.run(main())

# prints: frame 0
# prints: frame 1
# prints: frame 2
# prints: 3.142
# outcome: completed
