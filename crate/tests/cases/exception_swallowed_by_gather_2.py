import asyncio
async def a():
    raise ValueError("a")
async def b():
    raise TypeError("b")  # error: exception-swallowed-by-gather
async def main():
    try:
        await asyncio.gather(a(), b())
    except Exception as e:
        print(repr(e))
asyncio.run(main())
