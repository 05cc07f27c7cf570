import asyncio


async def warm_up():
    await asyncio.sleep(1)
    print("warm")


async def main():
    warming = asyncio.get_running_loop().create_task(warm_up())
    print("ready")
    await warming


asyncio.run(main())

# prints: ready
# prints: warm
# outcome: completed
