"""A callback of a task is told with the place where it was added, be it a name, a method, a `partial` or a lambda."""

import asyncio
from functools import partial


async def work(number):
    await asyncio.sleep(0.1)
    return number


def log_result(task):
    print(task.result().upper())  # error: exception-in-callback


def log_with(prefix, task):
    print(prefix + task.result())  # error: exception-in-callback


class Monitor:
    def watch(self, task):
        task.add_done_callback(self.on_done)  # related: exception-in-callback

    def on_done(self, task):
        raise LookupError(task.get_name())  # error: exception-in-callback


def boom():
    raise ValueError("boom")  # error: exception-in-callback


async def main():
    task = asyncio.create_task(work(5))
    task.add_done_callback(log_result)  # related: exception-in-callback
    task.add_done_callback(partial(log_with, "> "))  # related: exception-in-callback
    task.add_done_callback(  # related: exception-in-callback
        lambda done: done.result()["key"]  # error: exception-in-callback
    )
    Monitor().watch(task)
    asyncio.get_running_loop().call_soon(boom)  # related: exception-in-callback
    await task
    await asyncio.sleep(0.1)


asyncio.run(main())
