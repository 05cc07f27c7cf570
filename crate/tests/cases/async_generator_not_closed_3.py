import asyncio
async def lines(texts):
    for text in texts:
        try:
            number = int(text)
        except ValueError:
            continue
        await asyncio.sleep(0)
        yield number
async def main():
    async for number in lines(["1", "x", "2"]):  # info: async-generator-not-closed
        print(number)
        break
asyncio.run(main())
