import asyncio


async def price(item):
    await asyncio.sleep(0.01)
    return 3


async def main():
    total = 0
    for item in ("apple", "pear"):
        total += price(item)  # error: coroutine-as-value at `price(item)`
    print(total)


asyncio.run(main())
