import asyncio
async def f():
    await asyncio.sleep(0)
async def main():
    asyncio.run(f())  # error: nested-event-loop
asyncio.run(main())
