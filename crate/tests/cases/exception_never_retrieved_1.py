import asyncio
async def bad():
    raise ValueError("x")  # error: exception-never-retrieved
async def main():
    t = asyncio.create_task(bad())
    await asyncio.sleep(0.1)
    del t
    await asyncio.sleep(0.1)
asyncio.run(main())
