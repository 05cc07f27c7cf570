import asyncio
async def main():
    for n in range(500):
        print("line", n)
    await asyncio.sleep(0)
asyncio.run(main())
