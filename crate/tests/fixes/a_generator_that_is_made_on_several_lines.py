# async-generator-not-closed: close the generator
# prints: 0
# prints: closed

import asyncio


async def rows(table, limit):
    try:
        for number in range(limit):
            yield number
            await asyncio.sleep(0)
    finally:
        print("closed")


async def main():
    async for row in rows(
        "users",
        limit=9,
    ):
        print(row)
        break


asyncio.run(main())
