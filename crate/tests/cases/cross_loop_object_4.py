import asyncio
async def main():
    global fut
    fut = asyncio.get_running_loop().create_future()
async def other():
    await fut  # error: cross-loop-object
asyncio.run(main())
asyncio.run(other())
