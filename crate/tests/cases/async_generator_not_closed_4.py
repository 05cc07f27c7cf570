import asyncio

async def rows():
    try:
        for n in range(5):
            await asyncio.sleep(0.1)
            yield n
    finally:
        print("close")

def open_rows():
    return rows()

async def main():
    async for row in open_rows():  # warning: async-generator-not-closed
        if row == 2:
            break

asyncio.run(main())
