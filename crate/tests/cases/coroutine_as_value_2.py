import asyncio
async def fetch():
    await asyncio.sleep(0.1)
    return {"name": "x"}
async def main():
    data = fetch()
    print(data["name"])  # error: coroutine-as-value
asyncio.run(main())
