import asyncio


async def numbers():
    await asyncio.sleep(0)
    return 3, 1


async def main():
    a, b = numbers()  # error: coroutine-as-value at `numbers()`


asyncio.run(main())
