import asyncio
async def load():
    await asyncio.sleep(0.1)
    return "text"
async def main():
    text = load()
    print(text.upper())  # error: coroutine-as-value
asyncio.run(main())
