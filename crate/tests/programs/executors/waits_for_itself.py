"""A coroutine that waits for another on its own loop, in the way of threads, stops that loop for ever."""

import asyncio


async def inner():
    return 1


async def main():
    print("waiting")  # prints: waiting
    asyncio.run_coroutine_threadsafe(inner(), asyncio.get_running_loop()).result()


asyncio.run(main())
# outcome: deadlocked
