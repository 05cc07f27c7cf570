import asyncio
async def bad():
    raise ValueError("bad")
async def slow(n):
    await asyncio.sleep(n)
    print("wrote", n)
async def main():
    try:
        await asyncio.gather(slow(1), bad(), slow(2))  # warning: siblings-outlive-failure
    except ValueError:
        print("failed")
    await asyncio.sleep(3)
asyncio.run(main())
