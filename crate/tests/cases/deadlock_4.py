import asyncio
async def main():
    e = asyncio.Event()
    await e.wait()  # error: deadlock
asyncio.run(main())
