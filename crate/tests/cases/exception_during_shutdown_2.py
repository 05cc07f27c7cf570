import asyncio
async def tick():
    try:
        while True:
            await asyncio.sleep(1)
    except asyncio.CancelledError:
        raise OSError("cannot close")  # error: exception-during-shutdown
async def main():
    t = asyncio.create_task(tick())
    await asyncio.sleep(2.5)
asyncio.run(main())
