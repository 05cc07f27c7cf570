import asyncio
async def bad():
    await asyncio.sleep(0.1)
    raise ValueError
async def slow():
    await asyncio.sleep(1)
    print("slow done")
async def main():
    try:
        await asyncio.gather(bad(), slow())  # warning: siblings-outlive-failure
    except ValueError:
        print("failed")
    await asyncio.sleep(2)
asyncio.run(main())
