import asyncio


async def faulty():
    raise RuntimeError("somebody hears this")


loop = asyncio.get_event_loop()
task = asyncio.ensure_future(faulty())
try:
    loop.run_until_complete(task)
except RuntimeError:
    print("heard")
loop.close()

# prints: heard
# outcome: completed
