import asyncio
async def lines():
    try:
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0.1)
        print("closed")
async def first():
    async for line in lines():  # warning: async-generator-not-closed
        return line
async def main():
    print(await first())
asyncio.run(main())
