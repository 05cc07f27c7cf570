import asyncio
async def w():
    await asyncio.sleep(0.1)
    raise SystemExit(2)  # warning: system-exit-in-task
async def main():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(w())
        tg.create_task(asyncio.sleep(1))
asyncio.run(main())
