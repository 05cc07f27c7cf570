"""The read stands in another function, which only the one who made the task calls."""

import asyncio
from contextvars import ContextVar

user = ContextVar("user", default="nobody")
trace = ContextVar("trace", default="-")


async def log_in():
    user.set("Ada")


async def begin():
    trace.set("abc")


def greet():
    return f"hello {user.get()}"  # warning: context-lost at `user.get()`


async def handler():
    await asyncio.sleep(0)
    print(trace.get())  # warning: context-lost at `trace.get()`


async def main():
    await asyncio.create_task(log_in())
    print(greet())  # related: context-lost
    await asyncio.create_task(begin())
    await handler()


asyncio.run(main())
