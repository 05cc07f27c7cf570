import asyncio


async def worker(n):
    await asyncio.sleep(n)


async def main():
    tasks = [asyncio.create_task(worker(10)) for _ in range(3)]
    await asyncio.sleep(0.1)
    for task in tasks:
        task.cancel()
    await asyncio.sleep(0.2)
    for done in asyncio.as_completed(tasks):
        try:
            await done
        except asyncio.CancelledError:
            print("ended")


asyncio.run(main())
