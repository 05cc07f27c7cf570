import asyncio
async def bad():
    raise ValueError("x")
async def main():
    t = asyncio.create_task(bad())
    await asyncio.sleep(1)
    try:
        await t
    except ValueError as e:
        print(e)
asyncio.run(main())
