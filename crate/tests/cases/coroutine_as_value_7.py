import asyncio
async def get_user():
    await asyncio.sleep(0.1)
    return "ann"
async def main():
    print("user: " + get_user())  # error: coroutine-as-value
asyncio.run(main())
