"""One coroutine, one finding: wherever it was made, however it came there."""

import asyncio
import functools


def logged(function):
    @functools.wraps(function)
    async def wrapper(*arguments):
        result = function(*arguments)  # related: coroutine-as-value
        print("called", function.__name__)
        return result

    return wrapper


class Store:
    async def rows(self):
        await asyncio.sleep(0)
        return [1]

    async def top(self):
        return self.rows()  # related: coroutine-as-value

    async def keep(self):
        self.found = self.rows()  # related: coroutine-as-value
        return self.found[0]  # error: coroutine-as-value


@logged
async def load(key):
    await asyncio.sleep(0.1)
    return [key]


async def through_a_method():
    print((await Store().top())[0])  # error: coroutine-as-value


async def through_an_attribute():
    await Store().keep()


async def through_a_dictionary():
    rows = {key: Store().rows() for key in "ab"}  # related: coroutine-as-value
    print(rows["a"] + rows["b"])  # error: coroutine-as-value


async def through_a_decorator():
    for row in await load("a"):  # error: coroutine-as-value
        print(row)


async def through_a_call():
    handler = load_handler()  # related: coroutine-as-value
    handler("x")  # error: coroutine-as-value


async def load_handler():
    return print


async def through_a_block():
    async with Store().rows() as rows:  # error: coroutine-as-value
        print(rows)


for program in (
    through_a_method,
    through_an_attribute,
    through_a_dictionary,
    through_a_decorator,
    through_a_call,
    through_a_block,
):
    try:
        asyncio.run(program())
    except TypeError as error:
        print(error)
