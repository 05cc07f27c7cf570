import asyncio

# Whoever makes it has been cancelled, or has failed: that is another story.
state = {}

async def connect():
    await asyncio.sleep(1)
    state["connection"] = "open"

async def use():
    await asyncio.sleep(0.5)
    return state["connection"]

async def main():
    connecting, using = asyncio.create_task(connect()), asyncio.create_task(use())
    await asyncio.sleep(0.1)
    connecting.cancel()
    await asyncio.wait([connecting, using])
    print(repr(using.exception()))

asyncio.run(main())
