import asyncio

class Meter:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.reading = 0
        self.lines = []

    async def save(self, line):
        async with self.lock:
            await asyncio.sleep(0.01)
            self.lines.append(line)

    async def step(self):
        reading = self.reading
        await self.save(reading)
        self.reading = reading + 1  # error: lost-update

async def main():
    meter = Meter()
    await asyncio.gather(meter.step(), meter.step())
    print(meter.reading, meter.lines)

asyncio.run(main())
