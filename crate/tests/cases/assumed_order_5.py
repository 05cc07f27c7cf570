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
    asyncio.create_task(fetch())  # info: assumed-order # warning: dangling-task
    asyncio.create_task(parse())  # warning: dangling-task
    asyncio.create_task(store())  # info: dangling-task
    await asyncio.sleep(1)

asyncio.run(main())
