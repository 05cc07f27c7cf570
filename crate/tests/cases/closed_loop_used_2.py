import asyncio
loop = asyncio.new_event_loop()
async def main():
    loop.stop()
    await asyncio.sleep(1)
loop.run_until_complete(main())  # error: closed-loop-used
