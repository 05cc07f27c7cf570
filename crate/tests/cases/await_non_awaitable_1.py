import asyncio
def f():
    return 5
async def main():
    print(await f())  # error: await-non-awaitable
asyncio.run(main())
