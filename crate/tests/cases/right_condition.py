import asyncio
async def consumer(cond, items):
    async with cond:
        await cond.wait_for(lambda: items)
        print(items.pop())
async def main():
    cond, items = asyncio.Condition(), []
    t = asyncio.create_task(consumer(cond, items))
    await asyncio.sleep(0.1)
    async with cond:
        items.append(1)
        cond.notify()
    await t
asyncio.run(main())
