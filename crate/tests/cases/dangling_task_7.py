"""A task factory hands on what it makes, and so does a loop of one's own: whoever asked for the task let it go."""

import asyncio


class Loop(asyncio.SelectorEventLoop):
    def create_task(self, coroutine, **options):
        return super().create_task(coroutine, **options)  # says: made here, and handed on


def named(loop, coroutine, **options):
    return asyncio.Task(coroutine, loop=loop, **options)  # says: made here, and handed on


async def job():
    await asyncio.sleep(1)


async def with_a_factory():
    asyncio.get_running_loop().set_task_factory(named)
    asyncio.create_task(job())  # warning: dangling-task
    await asyncio.sleep(2)


async def with_a_loop():
    asyncio.create_task(job())  # warning: dangling-task
    await asyncio.sleep(2)


asyncio.run(with_a_factory())
with asyncio.Runner(loop_factory=Loop) as runner:
    runner.run(with_a_loop())
