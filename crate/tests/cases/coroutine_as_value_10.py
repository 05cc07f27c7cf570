import asyncio


async def numbers():
    await asyncio.sleep(0)
    return [3, 1, 2]


async def main():
    ordered = sorted(numbers())  # error: coroutine-as-value at `numbers()`
    a, b = numbers()


asyncio.run(main())
