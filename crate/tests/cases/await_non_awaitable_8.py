"""What `run()` is given in the place of a coroutine: the function itself, or what a plain function returned."""

import asyncio


async def main():
    print("running")


def plain():
    print("run already")


for start in (
    lambda: asyncio.run(main),  # error: await-non-awaitable # says: A function was given instead of the coroutine
    lambda: asyncio.run(plain()),  # error: await-non-awaitable # says: `plain()` is a plain function
):
    try:
        start()
    except TypeError as error:
        print(error)
