import asyncio
async def bad():
    await asyncio.sleep(0.1)
    raise ValueError
async def slow():
    await asyncio.sleep(1)
async def main():
    ts = [asyncio.create_task(bad()), asyncio.create_task(slow())]
    try:
        await asyncio.gather(*ts)
    except ValueError:
        for t in ts:
            t.cancel()
        await asyncio.gather(*ts, return_exceptions=True)
asyncio.run(main())
