import asyncio
async def main():
    q = asyncio.Queue()
    async def producer():
        await asyncio.sleep(1)
        await q.put(1)
    t = asyncio.create_task(producer())
    while q.empty():
        await asyncio.sleep(0.001)  # warning: busy-wait
    print(await q.get())
    await t
asyncio.run(main())
