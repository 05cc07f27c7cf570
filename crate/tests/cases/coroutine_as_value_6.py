import asyncio
async def get_user():
    await asyncio.sleep(0.1)
    return "ann"
async def main():
    user = get_user()
    if user == "ann":  # error: coroutine-as-value
        print("hello")
asyncio.run(main())
