import asyncio
async def bad(n):
    await asyncio.sleep(n)
    raise ValueError(n)  # error: exception-swallowed-by-gather
async def main():
    try:
        await asyncio.gather(bad(0.1), bad(0.2))
    except ValueError as e:
        print(e)
    await asyncio.sleep(1)
asyncio.run(main())
