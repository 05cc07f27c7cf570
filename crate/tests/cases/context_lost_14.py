"""A thread that sets a value for itself, or reads the caller's, loses nothing."""

import asyncio
import contextvars

user = contextvars.ContextVar("user", default="nobody")


def show():
    print(user.get())


def work():
    user.set("worker")
    show()


async def main():
    user.set("Ada")
    await asyncio.to_thread(show)
    await asyncio.to_thread(work)
    print(user.get())


asyncio.run(main())
