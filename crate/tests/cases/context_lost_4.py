"""Through functions that do nothing but set or read a variable; and two variables at once."""

import asyncio
from contextvars import ContextVar

user = ContextVar("user", default="nobody")
tenant = ContextVar("tenant", default="none")
trace = ContextVar("trace", default="-")


def current():
    """Who it is."""
    return user.get()  # warning: context-lost


def enter(name):
    tenant.set(name)


async def login():
    user.set("ann")
    enter("acme")
    trace.set("1")


def current_trace():
    return trace.get()


async def traced():
    trace.set("2")
    print(current_trace())


async def main():
    await asyncio.create_task(login())
    print(current())
    print(tenant.get())  # warning: context-lost
    await asyncio.create_task(traced())


async def with_its_own():
    await asyncio.create_task(traced())
    print(current_trace())


asyncio.run(main())
asyncio.run(with_its_own())
