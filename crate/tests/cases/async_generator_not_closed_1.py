import asyncio
async def rows():
    try:
        for n in range(10):
            await asyncio.sleep(0.01)
            yield n
    finally:
        await asyncio.sleep(0.1)
        print("closed")
async def main():
    async for n in rows():  # warning: async-generator-not-closed
        if n == 3:
            break
    print("done")
    await asyncio.sleep(1)
asyncio.run(main())
