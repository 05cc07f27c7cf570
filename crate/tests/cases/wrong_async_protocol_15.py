"""An asynchronous generator is no list: it cannot be taken apart, spread, counted or indexed."""

import asyncio


async def rows():
    yield 1
    yield 2


class Reader:
    def __aiter__(self):
        return self

    async def __anext__(self):
        raise StopAsyncIteration


async def spread():
    await asyncio.gather(*rows())  # error: wrong-async-protocol


async def taken_apart():
    first, second = rows()  # error: wrong-async-protocol
    print(first, second)


async def listed():
    print([*Reader()])  # error: wrong-async-protocol # says: A `Reader` gives its items to `async for` only


async def counted():
    print(len(rows()))  # error: wrong-async-protocol


async def indexed():
    print(rows()[0])  # error: wrong-async-protocol


for program in spread, taken_apart, listed, counted, indexed:
    try:
        asyncio.run(program())
    except TypeError as error:
        print(error)
