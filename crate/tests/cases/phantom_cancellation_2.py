import asyncio
async def inner():
    raise asyncio.CancelledError()  # warning: phantom-cancellation
async def main():
    try:
        await asyncio.gather(inner(), asyncio.sleep(1))
    except asyncio.CancelledError:
        print("cancelled?")
asyncio.run(main())
