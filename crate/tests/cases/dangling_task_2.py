import asyncio
async def f():
    await asyncio.sleep(0.1)
def start():
    task = asyncio.ensure_future(f())  # warning: dangling-task
async def main():
    start()
    await asyncio.sleep(1)
asyncio.run(main())
