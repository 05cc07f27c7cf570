import asyncio
async def items():
    await asyncio.sleep(0.1)
    return [1, 2]
async def main():
    for item in items():  # error: coroutine-as-value
        print(item)
asyncio.run(main())
