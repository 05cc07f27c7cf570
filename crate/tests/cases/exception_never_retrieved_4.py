import asyncio
class App:
    async def run(self):
        self.task = asyncio.create_task(self.poll())
        await asyncio.sleep(1)
    async def poll(self):
        await asyncio.sleep(0.1)
        raise KeyError("k")  # error: exception-never-retrieved
asyncio.run(App().run())
