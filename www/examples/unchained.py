import asyncio


async def boil():
    await asyncio.sleep(3.0)
    print("(1) boil the water")


async def pour():
    await asyncio.sleep(1.0)
    print("(2) pour it over the leaves")


async def serve():
    print("(3) serve the tea")


async def tea():
    asyncio.ensure_future(boil())  # warning: dangling-task  # error: task-pending-at-close  # info: assumed-order
    asyncio.ensure_future(pour())  # warning: dangling-task
    asyncio.ensure_future(serve())  # info: dangling-task
    await asyncio.sleep(2.0)
    loop.stop()


loop = asyncio.get_event_loop()
asyncio.ensure_future(tea())
loop.run_forever()
print("Pending tasks at exit:", len(asyncio.all_tasks(loop)))
loop.close()

# prints: (3) serve the tea
# prints: (2) pour it over the leaves
# prints: Pending tasks at exit: 1
# outcome: completed
