import asyncio
def handler(loop, context):
    raise RuntimeError("bad handler")  # error: exception-in-handler
def cb():
    raise ValueError("x")  # error: exception-in-callback
async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    loop.call_soon(cb)
    await asyncio.sleep(0.1)
asyncio.run(main())
