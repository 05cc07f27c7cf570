import asyncio


async def numbers():
    for n in range(5):
        await asyncio.sleep(0.1)
        yield n


async def consume(name, it):
    async for n in it:  # error: concurrent-anext at `it`
        print(name, n)


async def main():
    it = numbers()
    async with asyncio.TaskGroup() as tg:
        tg.create_task(consume("a", it))
        tg.create_task(consume("b", it))


asyncio.run(main())
