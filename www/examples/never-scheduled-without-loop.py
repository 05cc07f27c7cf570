import asyncio


async def probe():
    print("this is not run")


probe()  # error: coroutine-never-awaited

# outcome: completed
