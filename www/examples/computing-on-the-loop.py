import asyncio


def pi_by_hand(turns):
    total = 0.0
    for turn in range(turns):
        total += (-1) ** turn / (2 * turn + 1)  # warning: cpu-bound-step
    return 4 * total


async def circle():
    return pi_by_hand(250_000)


async def clock():
    for second in range(3):
        print("tick", second)
        await asyncio.sleep(0.1)


async def main():
    _, ratio = await asyncio.gather(clock(), circle())
    print(round(ratio, 3))


asyncio.run(main())

# prints: tick 0
# prints: tick 1
# prints: tick 2
# prints: 3.142
# outcome: completed
