import asyncio
async def commit():
    await asyncio.sleep(0.5)
    raise OSError("disk full")  # info: exception-in-shielded-future
async def main():
    inner = asyncio.create_task(commit())
    try:
        async with asyncio.timeout(0.1):
            await asyncio.shield(inner)
    except TimeoutError:
        try:
            await inner
        except OSError as error:
            print("failed:", error)
asyncio.run(main())
