"""Of a generator that has not begun there is nothing to close."""

import asyncio


async def pages():
    try:
        yield 1
        yield 2
    finally:
        print("closed")


async def main():
    anext(pages())  # error: coroutine-never-awaited
    left = pages()  # warning: async-generator-not-closed
    print(await anext(left))
    del left
    await asyncio.sleep(1)


asyncio.run(main())
