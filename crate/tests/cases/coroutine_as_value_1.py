import asyncio
async def is_ready():
    await asyncio.sleep(0.1)
    return False
async def count():
    await asyncio.sleep(0)
    return 1
async def main():
    if is_ready():  # error: coroutine-as-value
        print("ready")
    print(f"count {count()}")  # error: coroutine-as-value
    try:
        print(count() + 1)  # error: coroutine-as-value
    except TypeError as e:
        print(e)
asyncio.run(main())
