import asyncio
async def gen():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(asyncio.sleep(1))
        yield 1  # warning: yield-in-cancel-scope
        yield 2
async def main():
    async for x in gen():
        print(x)
asyncio.run(main())
