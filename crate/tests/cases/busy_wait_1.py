import asyncio
ready = False
async def setter():
    global ready
    await asyncio.sleep(0.1)
    ready = True
async def main():
    t = asyncio.create_task(setter())
    while not ready:
        await asyncio.sleep(0)  # warning: busy-wait
    await t
asyncio.run(main())
