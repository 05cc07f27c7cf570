import asyncio
async def f():
    await asyncio.sleep(5)
async def main():
    asyncio.create_task(f())  # warning: dangling-task
    await asyncio.sleep(1)
asyncio.run(main())
