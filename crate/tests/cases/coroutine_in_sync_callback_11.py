"""What is given to be called at the end is told where it is given: to a stack, to a finaliser, as an object."""

import asyncio
import weakref
from contextlib import AsyncExitStack, ExitStack


class Resource:
    pass


class Handler:
    async def __call__(self, task):
        await asyncio.sleep(0.01)


async def clean_up():
    print("clean")


async def end():
    print("end")


async def forget():
    print("forget")


async def main():
    with ExitStack() as stack:
        stack.callback(clean_up)  # error: coroutine-in-sync-callback at `stack.callback(clean_up)` # says: `clean_up()` is given here to be called
        await asyncio.sleep(0.01)

    stack = AsyncExitStack()
    stack.callback(end)  # error: coroutine-in-sync-callback
    await stack.aclose()

    resource = Resource()
    weakref.finalize(resource, forget)  # error: coroutine-in-sync-callback
    del resource

    task = asyncio.create_task(asyncio.sleep(0.1))
    task.add_done_callback(Handler())  # error: coroutine-in-sync-callback
    await task
    await asyncio.sleep(0.1)


asyncio.run(main())
