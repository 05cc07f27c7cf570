import asyncio
async def save(x):
    await asyncio.sleep(0.1)
async def main():
    for x in range(3):
        save(x)  # error: coroutine-never-awaited
    await asyncio.sleep(0)
asyncio.run(main())
