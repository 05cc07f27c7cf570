import asyncio


async def main():
    with asyncio.TaskGroup() as tg:  # error: wrong-async-protocol at `asyncio.TaskGroup()`
        tg.create_task(asyncio.sleep(0))


asyncio.run(main())
