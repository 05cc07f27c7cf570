import asyncio
async def agen():
    yield 1
async def main():
    for x in agen():  # error: wrong-async-protocol
        print(x)
asyncio.run(main())
