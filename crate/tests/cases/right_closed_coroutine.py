import asyncio
async def f():
    await asyncio.sleep(0)
async def main():
    c = f()
    c.close()
    await asyncio.sleep(0)
asyncio.run(main())
