import asyncio
async def again():
    asyncio.create_task(again())  # warning: unbounded-tasks
async def main():
    await asyncio.gather(again(), asyncio.sleep(0.01))
asyncio.run(main())
