import asyncio
async def a():
    await asyncio.sleep(0)
    await tb
async def b():
    await asyncio.sleep(0)
    await ta  # error: await-cycle
async def main():
    global ta, tb
    ta = asyncio.create_task(a())
    tb = asyncio.create_task(b())
    await asyncio.gather(ta, tb)
asyncio.run(main())
