import asyncio
tasks = set()
async def w(): await asyncio.sleep(9)
def spawn():
    t = asyncio.create_task(w()); tasks.add(t); t.add_done_callback(tasks.discard)
async def stop():
    for t in tasks: t.cancel()
    await asyncio.sleep(0.1)
    await asyncio.gather(*tasks, return_exceptions=True)
async def main():
    spawn(); spawn(); await asyncio.sleep(0.1); await stop()
asyncio.run(main())
