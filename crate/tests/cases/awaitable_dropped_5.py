"""A coroutine function that returns the future of `gather()` hands it on: its `await` gives what is still to be awaited."""

import asyncio


async def save(number):
    await asyncio.sleep(0.1)
    print("saved", number)


async def save_all(numbers):
    return asyncio.gather(*map(save, numbers))  # related: awaitable-dropped


async def save_logged(numbers):
    saving = save_all(numbers)
    print("saving")
    return await saving


async def main():
    await save_all([1, 2])  # warning: awaitable-dropped at `await save_all([1, 2])`
    await save_logged([3])  # warning: awaitable-dropped at `await save_logged([3])`
    await (await save_all([4]))
    saving = await save_all([5])
    await saving
    await asyncio.sleep(1)


asyncio.run(main())
