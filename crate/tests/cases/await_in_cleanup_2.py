import asyncio
async def consumer(queue):
    try:
        while True:
            await queue.get()
    finally:
        await asyncio.sleep(0.5)  # warning: await-in-cleanup
        print("flushed")
async def main():
    task = asyncio.create_task(consumer(asyncio.Queue()))
    await asyncio.sleep(0.1)
    task.cancel()
    try:
        await asyncio.wait_for(task, 0.1)
    except (TimeoutError, asyncio.CancelledError):
        print("gave up")
asyncio.run(main())
