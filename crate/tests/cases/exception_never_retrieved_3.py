import asyncio
async def fails():
    await asyncio.sleep(0.1)
    return 1 / 0  # error: exception-never-retrieved
async def main():
    asyncio.create_task(fails())  # warning: dangling-task
    await asyncio.sleep(1)
asyncio.run(main())
