"""A thread that `to_thread()` has started runs with a copy of the context."""

import asyncio
import contextvars

user = contextvars.ContextVar("user", default="nobody")


def log_in():
    user.set("Ada")  # related: context-lost # says: in a thread that ran with a copy


async def main():
    await asyncio.to_thread(log_in)  # related: context-lost
    print(user.get())  # warning: context-lost # says: in the copy of the context that the thread ran with


asyncio.run(main())
