import asyncio


async def weigh():
    await asyncio.sleep(0.2)
    return 12


async def order():
    return await weigh()


print(asyncio.run(order()))

# prints: 12
# outcome: completed
