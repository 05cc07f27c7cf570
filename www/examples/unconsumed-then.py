import asyncio


@asyncio.coroutine
def faulty():
    raise RuntimeError("nobody hears this")


loop = asyncio.get_event_loop()
asyncio.async(faulty())  # error: legacy-asyncio
loop.run_forever()

# outcome: raised
