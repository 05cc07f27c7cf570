"""A variable without a default has no value where another task's context holds the only one."""

import asyncio
import contextvars

trace = contextvars.ContextVar("trace")


class Middleware:
    async def authenticate(self):
        trace.set("abc")

    async def __call__(self, handler):
        async with asyncio.TaskGroup() as group:
            group.create_task(self.authenticate())
        await handler()


async def handler():
    log("handled")


def log(message):
    print(trace.get(), message)  # error: context-lost at `trace.get()`


asyncio.run(Middleware()(handler))
