import asyncio


async def slow():
    await asyncio.sleep(5)


async def main():
    try:
        asyncio.wait_for(slow(), 1)  # error: coroutine-never-awaited at `asyncio.wait_for(slow(), 1)`
    except TimeoutError:
        print("timeout")


asyncio.run(main())
