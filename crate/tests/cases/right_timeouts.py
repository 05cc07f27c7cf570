import asyncio
async def slow():
    await asyncio.sleep(5)
async def main():
    try:
        async with asyncio.timeout(1):
            await slow()
    except TimeoutError:
        print("timeout")
    try:
        await asyncio.wait_for(slow(), 1)
    except TimeoutError:
        print("timeout")
asyncio.run(main())
