"""A limiter that polls its own window with a pause between its questions."""

import asyncio
from collections import deque


class Window:
    def __init__(self, calls, seconds):
        self.calls = calls
        self.seconds = seconds
        self.times = deque()

    def expire(self, now):
        while self.times and now - self.times[0] >= self.seconds:
            self.times.popleft()

    async def enter(self):
        loop = asyncio.get_running_loop()
        self.expire(loop.time())
        while len(self.times) >= self.calls:
            await asyncio.sleep(0.05)
            self.expire(loop.time())
        self.times.append(loop.time())


async def client(window, name):
    for turn in range(3):
        await window.enter()
        print(name, turn)


async def main():
    window = Window(calls=2, seconds=0.5)
    await asyncio.gather(client(window, "a"), client(window, "b"))


asyncio.run(main())
