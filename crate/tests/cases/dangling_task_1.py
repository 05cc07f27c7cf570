import asyncio
async def f():
    await asyncio.sleep(0.1)
async def main():
    asyncio.create_task(f())  # warning: dangling-task
    asyncio.get_running_loop().create_task(f())  # warning: dangling-task
    await asyncio.sleep(1)
asyncio.run(main())
