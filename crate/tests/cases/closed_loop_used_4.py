import asyncio


async def job():
    await asyncio.sleep(0)


loop = asyncio.new_event_loop()
loop.run_until_complete(job())
loop.close()
again = job()
loop.run_until_complete(again)  # error: closed-loop-used at `loop.run_until_complete(again)`
