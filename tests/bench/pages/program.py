import asyncio


async def main():
    print("first output")
    await asyncio.sleep(0)


asyncio.run(main())
