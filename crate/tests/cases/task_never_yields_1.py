import asyncio
async def spin():
    n = 0
    while n < 30_000_000: n += 1  # warning: task-never-yields
async def tick():
    await asyncio.sleep(0.1)
    print("tick")
async def main():
    await asyncio.gather(tick(), spin())
asyncio.run(main())
