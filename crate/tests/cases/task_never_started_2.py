import asyncio
async def f():
    print("started")
async def main():
    asyncio.create_task(f()).cancel()  # warning: task-never-started
    await asyncio.sleep(0)
asyncio.run(main())
