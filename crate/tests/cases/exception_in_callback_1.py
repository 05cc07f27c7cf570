import asyncio
def bad():
    1 / 0  # error: exception-in-callback
async def main():
    asyncio.get_running_loop().call_later(0.1, bad)
    await asyncio.sleep(1)
asyncio.run(main())
