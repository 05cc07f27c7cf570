import asyncio
async def inner():
    await asyncio.sleep(0.2)
    raise ValueError("inner")  # error: exception-in-shielded-future
async def outer():
    await asyncio.shield(inner())
async def main():
    t = asyncio.create_task(outer())
    await asyncio.sleep(0.1)
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        pass
    await asyncio.sleep(1)
asyncio.run(main())
