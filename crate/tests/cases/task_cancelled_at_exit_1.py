import asyncio
async def save():
    await asyncio.sleep(1)
    print("saved")
async def main():
    t = asyncio.create_task(save())  # warning: task-cancelled-at-exit
    await asyncio.sleep(0.1)
asyncio.run(main())
