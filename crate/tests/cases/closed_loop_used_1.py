import asyncio
async def f():
    await asyncio.sleep(0)
loop = asyncio.new_event_loop()
loop.run_until_complete(f())
loop.close()
loop.run_until_complete(f())  # error: closed-loop-used
