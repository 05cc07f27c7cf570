"""A class that goes by no protocol at all, and one that a plain `for` goes through."""

import asyncio


class Cursor:
    async def __anext__(self):
        raise StopAsyncIteration


class Page:
    def __iter__(self):
        return iter([1])


async def main():
    try:
        async for row in Page():  # error: wrong-async-protocol # says: a plain `for` goes through this one
            print(row)
    except TypeError as error:
        print(error)
    async for row in Cursor():  # error: wrong-async-protocol # says: A `Cursor` is no asynchronous iterable
        print(row)


asyncio.run(main())
