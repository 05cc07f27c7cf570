import asyncio
async def main():
    await asyncio.sleep(1, loop=asyncio.get_running_loop())  # error: legacy-asyncio
asyncio.run(main())
