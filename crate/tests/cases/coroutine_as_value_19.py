"""A task stands for its result no more than a coroutine does; but who sorts tasks, or stops one, means the task."""

import asyncio
import heapq


class Worker:
    async def run(self):
        await asyncio.sleep(1)

    def stop(self):
        pass


async def load():
    await asyncio.sleep(0.1)
    return {"name": "Ada"}



async def main():
    async with asyncio.TaskGroup() as group:
        user = group.create_task(load())  # related: coroutine-as-value # says: The task was made here
    try:
        print(user["name"])  # error: coroutine-as-value # says: This is a task, not its result
    except TypeError as error:
        print(error)
    try:
        print(user.items())  # error: coroutine-as-value
    except AttributeError as error:
        print(error)
    try:
        print("name: " + user)  # error: coroutine-as-value
    except TypeError as error:
        print(error)

    worker = asyncio.create_task(Worker().run())
    try:
        worker.stop()
    except AttributeError as error:
        print(error)
    try:
        heapq.heapify([(1, user), (1, worker)])
    except TypeError as error:
        print(error)
    await worker


asyncio.run(main())
