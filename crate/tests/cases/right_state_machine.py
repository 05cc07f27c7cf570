import asyncio

class Light:
    def __init__(self):
        self.color = "red"

    async def cycle(self, rounds):
        for _ in range(rounds):
            self.color = "green"
            await asyncio.sleep(1)
            self.color = "yellow"
            await asyncio.sleep(0.2)
            self.color = "red"
            await asyncio.sleep(1)

async def main():
    light = Light()
    task = asyncio.create_task(light.cycle(2))
    await asyncio.sleep(1.5)
    print(light.color)
    await task

asyncio.run(main())
