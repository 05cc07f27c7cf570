import asyncio


async def load():
    await asyncio.sleep(0)
    return {"a": 1}


def show(a):
    print(a)


async def main():
    show(**load())  # error: coroutine-as-value


asyncio.run(main())
