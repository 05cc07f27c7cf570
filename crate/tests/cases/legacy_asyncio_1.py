import asyncio
async def f():
    await asyncio.sleep(0)
async def main():
    await asyncio.wait([f(), f()])  # error: legacy-asyncio
asyncio.run(main())
