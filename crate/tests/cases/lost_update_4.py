import asyncio

# What was read is only shown; the change itself reads anew.
class Meter:
    def __init__(self):
        self.value = 0

    async def step(self):
        before = self.value
        await asyncio.sleep(0.01)
        self.value = self.value + 1
        print("from", before)

    async def reset(self):
        before = self.value
        await asyncio.sleep(0.01)
        self.value = 0
        print("was", before)

async def main():
    meter = Meter()
    await asyncio.gather(meter.step(), meter.step())
    await asyncio.gather(meter.reset(), meter.reset())
    print(meter.value)

asyncio.run(main())
