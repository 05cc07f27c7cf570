import asyncio
async def work():
    while True:
        await asyncio.sleep(0.3)
async def main():
    t = asyncio.create_task(work())
    asyncio.get_running_loop().call_later(1, t.cancel)
    try:
        await t
    except asyncio.CancelledError:
        print("stopped")
asyncio.run(main())
