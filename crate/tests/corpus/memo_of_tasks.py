"""Tasks are remembered by their arguments, and some are eager."""

import asyncio
import functools


def memo(function):
    tasks = {}

    @functools.wraps(function)
    def wrapper(*args):
        if args not in tasks:
            tasks[args] = asyncio.ensure_future(function(*args))
        return tasks[args]

    return wrapper


@memo
async def fib(n):
    if n < 2:
        return n
    await asyncio.sleep(0)
    return await fib(n - 1) + await fib(n - 2)


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    print(await fib(12))
    immediate = asyncio.create_task(asyncio.sleep(0, "now"))
    print(await immediate)
    loop.set_task_factory(None)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(asyncio.sleep(n / 100, n)) for n in range(4)]
    print([task.result() for task in tasks])


with asyncio.Runner(debug=False) as runner:
    runner.run(main())
    print(runner.run(asyncio.sleep(0.1, "again")))
