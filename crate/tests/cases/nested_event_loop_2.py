import asyncio
async def f():
    await asyncio.sleep(0)
async def main():
    loop = asyncio.get_running_loop()
    loop.run_until_complete(f())  # error: nested-event-loop
asyncio.run(main())
