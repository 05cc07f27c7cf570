import asyncio
async def a(x, y):
    async with x:
        await asyncio.sleep(0.1)
        async with y:  # error: deadlock
            pass
async def main():
    x, y = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(a(x, y), a(y, x))
asyncio.run(main())
