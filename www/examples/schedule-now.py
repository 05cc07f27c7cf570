import asyncio


async def refresh():
    print("fresh")


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon_threadsafe(asyncio.ensure_future, refresh())
    await asyncio.sleep(0.1)


asyncio.run(main())

# prints: fresh
# outcome: completed
