import asyncio
async def on_done(task):
    print("done", task)
async def work():
    await asyncio.sleep(0.1)
async def main():
    t = asyncio.create_task(work())
    t.add_done_callback(on_done)  # error: coroutine-in-sync-callback
    await t
    await asyncio.sleep(0.1)
asyncio.run(main())
