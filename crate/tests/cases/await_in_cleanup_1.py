import asyncio
async def w():
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.sleep(1)  # info: await-in-cleanup
        print("cleaned")
async def main():
    t = asyncio.create_task(w())
    await asyncio.sleep(0.5)
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print("done")
asyncio.run(main())
