import asyncio
async def bad():
    await asyncio.sleep(0.1)
    raise ValueError("bad")
async def slow():
    await asyncio.sleep(5)
async def main():
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(bad())
            tg.create_task(slow())
    except* ValueError as group:
        print(group.exceptions)
asyncio.run(main())
