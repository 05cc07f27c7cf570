import asyncio
async def waiter(q):
    item = await q.get()
    print(item)
def start():
    q = asyncio.Queue()
    asyncio.create_task(waiter(q))  # warning: dangling-task  # error: task-garbage-collected
async def main():
    start()
    await asyncio.sleep(5)
asyncio.run(main())
