"""A loop in a thread of its own serves callers that know nothing of asyncio."""

import asyncio
import threading


class Background:
    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()

    def call(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result()

    def close(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


async def square(number):
    await asyncio.sleep(0.1)
    return number * number


background = Background()
try:
    print([background.call(square(number)) for number in range(3)])
finally:
    background.close()
