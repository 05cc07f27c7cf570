"""A loop that is made, used and closed without a runner."""

import asyncio


async def hello(name):
    await asyncio.sleep(0.01)
    print("hello", name)


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
try:
    tasks = [loop.create_task(hello(n)) for n in "ab"]
    loop.run_until_complete(asyncio.wait(tasks))
    loop.run_until_complete(asyncio.gather(hello("c"), hello("d")))
finally:
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.run_until_complete(loop.shutdown_default_executor())
    asyncio.set_event_loop(None)
    loop.close()
