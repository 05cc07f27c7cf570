import asyncio
from contextlib import asynccontextmanager


@asynccontextmanager
async def session():
    print("open")
    try:
        yield "session"
    finally:
        print("close")


async def log(text):
    await asyncio.sleep(0)
    print(text)


async def main():
    async with session() as s:
        result = log(s)  # error: coroutine-never-awaited at `log(s)`
        await asyncio.sleep(0.1)
    print("done")


asyncio.run(main())
