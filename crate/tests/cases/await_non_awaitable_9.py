"""What a plain function returns is told by what it is; `None` is what most return."""

import asyncio


async def main():
    queue = asyncio.Queue()
    try:
        await queue.put_nowait(1)  # error: await-non-awaitable # says: This is `None`: a plain function
    except TypeError as error:
        print(error)
    nothing = None
    try:
        await nothing  # error: await-non-awaitable # says: This is a `NoneType`
    except TypeError as error:
        print(error)
    try:
        await queue.qsize()  # error: await-non-awaitable # says: This is an `int`
    except TypeError as error:
        print(error)


asyncio.run(main())
