import asyncio


async def rows():
    try:
        for n in range(5):
            yield n
            await asyncio.sleep(0)
    finally:
        await asyncio.sleep(0.01)
        print("cursor closed")


async def main():
    try:
        async for row in rows():  # warning: async-generator-not-closed at `rows()`
            if row == 2:
                raise ValueError(row)
    except ValueError:
        print("error")
    await asyncio.sleep(0.1)


asyncio.run(main())
