import asyncio
async def f(n):
    await asyncio.sleep(n)
    print(n)
async def main():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(f(0.1))
        tg.create_task(f(0.2))
asyncio.run(main())
