import asyncio
async def fetch():
    await asyncio.sleep(0.1)
    return [3, 1]
async def main():
    print(sorted(fetch()))  # error: coroutine-as-value
asyncio.run(main())
