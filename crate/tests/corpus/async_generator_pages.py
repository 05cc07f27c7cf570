"""An asynchronous generator goes through pages, and is closed when enough is known."""

import asyncio
from contextlib import aclosing

PAGES = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]


async def fetch_page(number):
    await asyncio.sleep(0.05)
    return PAGES[number] if number < len(PAGES) else []


async def items():
    number = 0
    try:
        while page := await fetch_page(number):
            for item in page:
                yield item
            number += 1
    finally:
        print("closed after page", number)


async def main():
    async with aclosing(items()) as stream:
        async for item in stream:
            if item > 4:
                print("found", item)
                break
    print([item async for item in items() if item % 2 == 0])


asyncio.run(main())
