import asyncio


async def warm_up():
    await asyncio.sleep(1)
    print("warm")


async def main():
    # Nobody keeps the task. The timer of its sleep does, for as long as it sleeps: this one survives.
    asyncio.get_running_loop().create_task(warm_up())  # warning: dangling-task
    await asyncio.sleep(2)
    print("ready")


asyncio.run(main())

# prints: warm
# prints: ready
# outcome: completed
