import asyncio
async def answer(delay):
    await asyncio.sleep(delay)
    return delay
async def main():
    tasks = [asyncio.create_task(answer(n)) for n in (1, 2)]
    await asyncio.sleep(0.1)
    for task in tasks:
        task.cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.gather(*tasks, return_exceptions=True)
asyncio.run(main())
