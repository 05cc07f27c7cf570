import asyncio


async def probe():
    print("this is not run")


async def main():
    probe()  # error: coroutine-never-awaited


asyncio.run(main())

# outcome: completed
