import asyncio
async def w():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:  # warning: cancellation-swallowed
        print("ignored")
    return 5
async def main():
    t = asyncio.create_task(w())
    await asyncio.sleep(0.5)
    t.cancel()
    print(await t)
asyncio.run(main())
