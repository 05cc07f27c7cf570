import asyncio


async def refresh():
    print("fresh")


loop = asyncio.get_event_loop()
loop.call_soon_threadsafe(asyncio.async, refresh())

# outcome: raised
