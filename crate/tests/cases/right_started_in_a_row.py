import asyncio

async def fetch():
    await asyncio.sleep(0.3)
    print("fetched")

async def parse():
    await asyncio.sleep(0.1)
    print("parsed")

async def store():
    print("stored")

async def main():
    async with asyncio.TaskGroup() as group:
        first = group.create_task(fetch())
        second = group.create_task(parse())
        third = group.create_task(store())
    print(first.done(), second.done(), third.done())

asyncio.run(main())
