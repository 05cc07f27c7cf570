"""What is given to an exit stack is entered by the method that its protocol asks for."""

import asyncio
import contextlib


class Connection:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *details):
        pass


class File:
    def __enter__(self):
        return self

    def __exit__(self, *details):
        pass


async def library():
    async with contextlib.AsyncExitStack() as stack:
        stack.enter_context(asyncio.Lock())  # error: wrong-async-protocol # says: A `Lock` is entered by `async with`.


async def own():
    async with contextlib.AsyncExitStack() as stack:
        stack.enter_context(Connection())  # error: wrong-async-protocol # says: A `Connection` is entered by `async with`.


async def plain():
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(File())  # error: wrong-async-protocol # says: A `File` is no asynchronous context manager.


async def main():
    for work in (library, own, plain):
        try:
            await work()
        except TypeError as error:
            print(error)


asyncio.run(main())
