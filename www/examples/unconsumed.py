import asyncio


async def faulty():
    raise RuntimeError("nobody hears this")  # error: exception-never-retrieved


loop = asyncio.get_event_loop()
asyncio.ensure_future(faulty())
loop.run_forever()

# outcome: idle
