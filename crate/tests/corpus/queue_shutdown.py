"""`Queue.shutdown` tells the consumers that nothing else will come."""

import asyncio


async def consume(name, queue):
    count = 0
    while True:
        try:
            await queue.get()
        except asyncio.QueueShutDown:
            return name, count
        await asyncio.sleep(0.01)
        count += 1
        queue.task_done()


async def main():
    queue = asyncio.Queue(maxsize=4)
    async with asyncio.TaskGroup() as group:
        consumers = [group.create_task(consume(name, queue)) for name in "ab"]
        for number in range(10):
            await queue.put(number)
        await queue.join()
        queue.shutdown()
    print(sum(task.result()[1] for task in consumers))


asyncio.run(main())
