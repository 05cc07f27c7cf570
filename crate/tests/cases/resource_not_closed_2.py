import asyncio
async def f():
    await asyncio.sleep(0)
loop = asyncio.new_event_loop()  # warning: resource-not-closed
asyncio.set_event_loop(loop)
loop.run_until_complete(f())
