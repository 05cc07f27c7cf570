import asyncio
from contextlib import asynccontextmanager
@asynccontextmanager
async def limited():
    async with asyncio.timeout(5):
        yield
@asynccontextmanager
async def pool():
    async with asyncio.TaskGroup() as tg:
        yield tg
async def main():
    async with limited():
        await asyncio.sleep(0.1)
    async with pool() as tg:
        tg.create_task(asyncio.sleep(0.1))
asyncio.run(main())
