import asyncio

class GivenUp(asyncio.CancelledError):
    pass

async def fetch():
    await asyncio.sleep(0.1)
    raise GivenUp("too slow")  # warning: phantom-cancellation

async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(fetch())
    print("all fetched")

asyncio.run(main())
