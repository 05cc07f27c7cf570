import asyncio
async def f():
    await asyncio.sleep(10)
def done(t):
    print(t.result())  # error: exception-in-callback
async def main():
    t = asyncio.create_task(f())
    t.add_done_callback(done)
    await asyncio.sleep(0)
    t.cancel()
    await asyncio.gather(t, return_exceptions=True)
asyncio.run(main())
