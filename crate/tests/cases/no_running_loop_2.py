import asyncio
loop = asyncio.get_event_loop()  # error: no-running-loop
loop.run_until_complete(asyncio.sleep(1))
