import asyncio


async def measure():
    await asyncio.sleep(1)
    return 21.5


print(asyncio.run(measure()))

# prints: 21.5
# outcome: completed
