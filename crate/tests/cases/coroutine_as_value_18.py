"""What `gather()` returns is a future: it has no items, no length and no truth before it is awaited."""

import asyncio


async def fetch(number):
    await asyncio.sleep(0.1)
    return number


async def by_index():
    results = asyncio.gather(fetch(1), fetch(2))  # related: coroutine-as-value # says: The future was made here
    return results[0]  # error: coroutine-as-value # says: This is a future, not its result


async def one_by_one():
    results = asyncio.gather(fetch(1), fetch(2))  # related: coroutine-as-value
    for result in results:  # error: coroutine-as-value
        print(result)


async def taken_apart():
    results = asyncio.gather(fetch(1), fetch(2))  # related: coroutine-as-value
    first, second = results  # error: coroutine-as-value
    print(first, second)


for program in by_index, one_by_one, taken_apart:
    try:
        asyncio.run(program())
    except (TypeError, RuntimeError) as error:
        print(error)
