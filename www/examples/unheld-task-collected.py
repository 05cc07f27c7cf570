import asyncio


async def warm_up():
    signal = asyncio.get_running_loop().create_future()
    await signal
    print("warm")


async def main():
    # Nobody keeps the task, and what it waits on is known to nobody else: the collector takes both.
    asyncio.get_running_loop().create_task(warm_up())  # warning: dangling-task  # error: task-garbage-collected
    await asyncio.sleep(2)
    print("ready")


asyncio.run(main())

# prints: ready
# outcome: completed
