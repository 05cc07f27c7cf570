"""An asynchronous key function is told of where it is given; the line that never ran is not."""

import asyncio


async def price(item):
    return len(item)


async def main():
    cheapest = min(["apple", "fig"], key=price)  # error: coroutine-as-value at `price`
    if cheapest:
        print("found", cheapest)


async def order():
    print(sorted(["apple", "fig"], key=lambda item: price(item)))  # error: coroutine-as-value at `lambda`


for function in (main, order):
    try:
        asyncio.run(function())
    except TypeError as error:
        print(error)
