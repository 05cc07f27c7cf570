import asyncio
async def fetch():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:  # warning: cancellation-swallowed
        return None
async def main():
    try:
        async with asyncio.timeout(1):
            await fetch()
        print("no timeout!")
    except TimeoutError:
        print("timeout")
asyncio.run(main())
