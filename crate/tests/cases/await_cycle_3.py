"""A service that stops itself cancels the task that it runs in, and meets its own request: that is one fault."""

import asyncio


class Service:
    def start(self):
        self.task = asyncio.create_task(self.run())  # related: await-cycle

    async def stop(self):
        self.task.cancel()
        try:
            await self.task  # error: await-cycle # says: awaits itself
        except asyncio.CancelledError:
            pass

    async def run(self):
        await asyncio.sleep(0.1)
        await self.stop()


async def main():
    service = Service()
    service.start()
    await asyncio.sleep(1)


asyncio.run(main())
