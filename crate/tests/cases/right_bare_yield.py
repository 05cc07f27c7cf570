import asyncio, types

@types.coroutine
def pause():
    yield

async def main():
    await pause()
    print("yes")

asyncio.run(main())
