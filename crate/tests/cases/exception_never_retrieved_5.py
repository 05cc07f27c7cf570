import asyncio


async def consumer(q):
    while True:
        item = await q.get()  # error: exception-never-retrieved
        print(item)


async def main():
    q = asyncio.Queue()
    task = asyncio.create_task(consumer(q))
    await q.put(1)
    await asyncio.sleep(0.1)
    q.shutdown()
    await asyncio.sleep(0.1)
    task = None


asyncio.run(main())
