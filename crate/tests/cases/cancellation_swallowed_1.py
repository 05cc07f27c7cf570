import asyncio
async def w():
    while True:
        try:
            await asyncio.sleep(0.1)
        except BaseException:  # error: cancellation-swallowed
            pass
async def main():
    t = asyncio.create_task(w())
    await asyncio.sleep(0.5)
    t.cancel()
    await t
asyncio.run(main())
