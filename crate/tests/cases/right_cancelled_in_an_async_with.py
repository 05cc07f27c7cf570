"""The end of the block waits while the cancellation is on its way out."""
import asyncio


class Connection:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        await asyncio.sleep(0.1)
        print("closed")


async def session():
    async with Connection():
        await asyncio.sleep(10)


async def main():
    task = asyncio.create_task(session())
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


asyncio.run(main())
