import asyncio
flag = asyncio.Event()
async def waiter():
    while not flag.is_set():
        await asyncio.sleep(0)  # warning: busy-wait
    print("set")
async def main():
    w = asyncio.create_task(waiter())
    await asyncio.sleep(0.05)
    flag.set()
    await w
asyncio.run(main())
