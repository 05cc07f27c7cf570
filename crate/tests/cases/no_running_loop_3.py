import asyncio
def cb():
    asyncio.create_task(asyncio.sleep(1))  # error: no-running-loop  # error: coroutine-never-awaited
import threading
async def main():
    await asyncio.to_thread(cb)
asyncio.run(main())
