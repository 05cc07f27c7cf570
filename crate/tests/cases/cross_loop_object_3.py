import asyncio
event = asyncio.Event()
async def waiter():
    await event.wait()  # error: cross-loop-object
async def first():
    try:
        await asyncio.wait_for(event.wait(), 0.1)
    except TimeoutError:
        print("t")
asyncio.run(first())
asyncio.run(waiter())
