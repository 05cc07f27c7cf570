# cancellation-swallowed: raise `CancelledError` again
# prints: True

import asyncio

async def work():
    while True:
        try:
            await asyncio.sleep(10)
        except:
            break
    await asyncio.sleep(1)

async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.wait([task])
    print(task.cancelled())

asyncio.run(main())
