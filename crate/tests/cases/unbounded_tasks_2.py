import asyncio
async def fetch(n):
    await asyncio.sleep(1)
    return n
async def main():
    await asyncio.gather(*(fetch(n) for n in range(5000)))  # warning: unbounded-tasks
asyncio.run(main())
