"""An elevator goes where it is called; requests wait in a set, and an event wakes it."""

import asyncio


class Elevator:
    def __init__(self):
        self.floor = 0
        self.calls = set()
        self.called = asyncio.Event()
        self.idle = asyncio.Event()

    def call(self, floor):
        self.calls.add(floor)
        self.idle.clear()
        self.called.set()

    async def run(self):
        while True:
            await self.called.wait()
            while self.calls:
                target = min(self.calls, key=lambda floor: abs(floor - self.floor))
                while self.floor != target:
                    await asyncio.sleep(0.5)
                    self.floor += 1 if target > self.floor else -1
                self.calls.discard(target)
                print("door opens at", target)
            self.called.clear()
            self.idle.set()


async def main():
    elevator = Elevator()
    running = asyncio.create_task(elevator.run())
    for pause, floor in ((0, 5), (0.7, 3), (1, 0)):
        await asyncio.sleep(pause)
        elevator.call(floor)
    await elevator.idle.wait()
    running.cancel()
    await asyncio.wait([running])


asyncio.run(main())
