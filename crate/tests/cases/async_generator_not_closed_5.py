import asyncio

async def source():
    try:
        for n in range(5):
            await asyncio.sleep(0.1)
            yield n
    finally:
        print("source closed")

async def doubled():
    async for n in source():
        yield n * 2

async def main():
    async for n in doubled():  # warning: async-generator-not-closed
        if n == 4:
            break
    print("done")

asyncio.run(main())
