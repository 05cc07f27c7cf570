import asyncio
async def main():
    async with asyncio.timeout(1):  # warning: timeout-without-await
        pass
async def f():
    t = asyncio.timeout(1)
    t.reschedule(5)  # error: timeout-misused
asyncio.run(f())
