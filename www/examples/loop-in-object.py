import asyncio


async def poll():
    while True:
        await asyncio.sleep(1)


class Station:
    def __init__(self):
        self._loop = asyncio.new_event_loop()  # warning: resource-not-closed
        self._polling = self._loop.create_task(poll())  # error: task-garbage-collected  # error: coroutine-never-awaited

    def __del__(self):
        # A task has no close(): this raises, nobody can catch it, and the loop stays open.
        self._polling.close()
        self._loop.close()


station = Station()
print("measuring")
del station

# prints: measuring
# outcome: completed
