import asyncio
async def main():
    async for n in range(3):  # error: wrong-async-protocol
        print(n)
asyncio.run(main())
