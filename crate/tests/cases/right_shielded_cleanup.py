import asyncio
async def close():
    await asyncio.sleep(0.2)
    print("closed")
async def work():
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.shield(close())
async def main():
    t = asyncio.create_task(work())
    await asyncio.sleep(0.1)
    t.cancel()
    await asyncio.wait([t])
asyncio.run(main())
