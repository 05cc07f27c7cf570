"""What a lambda only hands on was dropped by its caller."""

import asyncio


async def work():
    await asyncio.sleep(0.01)


async def main():
    call = lambda: work()
    call()  # error: coroutine-never-awaited at `call()`


asyncio.run(main())
