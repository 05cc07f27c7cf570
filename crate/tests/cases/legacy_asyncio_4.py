import asyncio
async def main():
    lock = asyncio.Lock(loop=asyncio.get_running_loop())  # error: legacy-asyncio
asyncio.run(main())
