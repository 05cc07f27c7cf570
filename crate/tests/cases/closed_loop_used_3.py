import asyncio
async def main():
    return asyncio.get_running_loop()
loop = asyncio.run(main())
loop.call_soon(print, "x")  # error: closed-loop-used
