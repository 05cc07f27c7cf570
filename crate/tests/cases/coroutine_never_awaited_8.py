import asyncio
async def numbers():
    try:
        for n in range(10):
            yield n
    finally:
        print("closed")
async def main():
    gen = numbers()
    async for n in gen:
        if n == 3:
            break
    gen.aclose()  # error: coroutine-never-awaited
    await asyncio.sleep(0.1)
asyncio.run(main())
