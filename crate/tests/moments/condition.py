import asyncio


async def consumer(condition):
    async with condition:
        # 0.5: Condition held by nobody, waited for by first and second; 0.5: TaskGroup, waited for by Task-1
        await condition.wait()  # 2.5: Lock held by first, waited for by second; 2.5: TaskGroup, waited for by Task-1
        await asyncio.sleep(2)


async def producer(condition):
    await asyncio.sleep(1)
    async with condition:  # 1.5: Condition held by producer, waited for by first and second; 1.5: Lock held by producer; 1.5: TaskGroup, waited for by Task-1
        await asyncio.sleep(1)
        condition.notify_all()


async def main():
    condition = asyncio.Condition()
    async with asyncio.TaskGroup() as group:
        group.create_task(consumer(condition), name="first")
        group.create_task(consumer(condition), name="second")
        group.create_task(producer(condition), name="producer")


asyncio.run(main())
