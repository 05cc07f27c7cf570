import asyncio
queue = asyncio.Queue()
async def get():
    return await queue.get()  # error: cross-loop-object
async def first():
    t = asyncio.create_task(get())
    await asyncio.sleep(0.1)
    queue.put_nowait(1)
    print(await t)
async def second():
    t = asyncio.create_task(get())
    await asyncio.sleep(0.1)
    queue.put_nowait(1)
    print(await t)
asyncio.run(first())
asyncio.run(second())
