import asyncio


class Connection:
    async def __aenter__(self):
        await asyncio.sleep(0.01)
        return self

    async def __aexit__(self, *exc):
        await asyncio.sleep(1)  # warning: await-in-cleanup at `await asyncio.sleep(1)`
        print("closed")


async def session():
    async with Connection():
        await asyncio.sleep(10)


async def main():
    task = asyncio.create_task(session())
    await asyncio.sleep(0.1)
    task.cancel()
    try:
        await asyncio.wait_for(task, 0.2)
    except (asyncio.CancelledError, TimeoutError):
        print("stopped before it was closed")


asyncio.run(main())
