import asyncio
async def main():
    async with open("x.txt", "w") as f:  # error: wrong-async-protocol
        f.write("x")
asyncio.run(main())
