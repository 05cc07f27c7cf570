import asyncio
from contextlib import aclosing
async def rows():
    try:
        for n in range(10):
            await asyncio.sleep(0.01)
            yield n
    finally:
        print("closed")
async def main():
    async with aclosing(rows()) as it:
        async for n in it:
            if n == 3:
                break
asyncio.run(main())
