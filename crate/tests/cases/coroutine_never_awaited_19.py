"""Wrappers of the library that only hand back what they call leave the coroutine to their caller."""

import asyncio
from contextlib import contextmanager
from functools import cached_property, singledispatch, singledispatchmethod
from unittest.mock import Mock


@contextmanager
def timed():
    yield


@timed()
async def work():
    await asyncio.sleep(0.1)


@singledispatch
async def show(value):
    print(value)


class Connection:
    @cached_property
    async def version(self):
        return 1

    @singledispatchmethod
    async def send(self, value):
        print(value)


async def main():
    work()  # error: coroutine-never-awaited
    show(2)  # error: coroutine-never-awaited
    Connection().version  # error: coroutine-never-awaited
    Connection().send(3)  # error: coroutine-never-awaited
    Mock(side_effect=show)(4)  # error: coroutine-never-awaited
    await work()
    await show(2)


asyncio.run(main())
