import asyncio


async def worker(number, lock):
    for turn in range(40):
        await asyncio.sleep(0.001 * (number % 7 + 1))
        if turn % 10 == 0:
            async with lock:
                await asyncio.sleep(0)


async def main():
    lock = asyncio.Lock()
    async with asyncio.TaskGroup() as group:
        for number in range(300):
            group.create_task(worker(number, lock), name=f"worker {number}")


asyncio.run(main())
