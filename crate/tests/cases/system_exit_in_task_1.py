import asyncio, sys
async def w():
    await asyncio.sleep(0.1)
    sys.exit(3)  # warning: system-exit-in-task
async def main():
    t = asyncio.create_task(w())
    await asyncio.sleep(1)
asyncio.run(main())
