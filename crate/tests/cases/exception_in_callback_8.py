"""Callbacks that do not take what the loop gives them fail before any line of theirs runs: told where they were added."""

import asyncio
import os
import signal
from functools import partial


async def work():
    await asyncio.sleep(0.1)


def done():  # related: exception-in-callback
    print("done")


def log(prefix, suffix, task):
    print(prefix, task.get_name(), suffix)


def notify(name):
    print(name)


def on_term(number, frame):
    print(number, frame)


class Job:
    def __init__(self, future):
        self.future = future
        future.add_done_callback(self.finished)  # error: exception-in-callback at `future.add_done_callback`

    def finished(self):
        print(self.future)


async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(work())
    task.add_done_callback(done)  # error: exception-in-callback at `task.add_done_callback`
    task.add_done_callback(partial(log, ">"))  # error: exception-in-callback
    await task
    loop.call_soon(notify)  # error: exception-in-callback
    loop.call_later(0.1, notify, 1, 2)  # error: exception-in-callback
    future = loop.create_future()
    Job(future)
    future.add_done_callback(lambda: print("over"))  # error: exception-in-callback
    future.set_result(1)
    await asyncio.sleep(0.2)
    loop.add_signal_handler(signal.SIGTERM, on_term)  # error: exception-in-callback
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(0.1)


asyncio.run(main())
