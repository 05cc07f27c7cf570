import asyncio


async def faulty():
    raise RuntimeError("somebody hears this")


async def listen():
    try:
        await faulty()
    except RuntimeError:
        print("heard")


loop = asyncio.get_event_loop()
asyncio.ensure_future(listen())
loop.run_forever()

# prints: heard
# outcome: idle
