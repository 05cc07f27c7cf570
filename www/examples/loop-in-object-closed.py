import asyncio
import contextlib


async def poll():
    while True:
        await asyncio.sleep(1)


class Station:
    def __init__(self):
        self._loop = asyncio.new_event_loop()
        self._polling = self._loop.create_task(poll())

    def measure(self):
        return self._loop.run_until_complete(asyncio.sleep(2.5, 21.5))

    def close(self):
        self._polling.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._polling)
        self._loop.close()


with contextlib.closing(Station()) as station:
    print(station.measure())

# prints: 21.5
# outcome: completed
