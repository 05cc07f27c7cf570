"""A function that is called for each of many leaves its coroutines to nobody: the place is in the function."""

import asyncio


async def is_online(host):
    await asyncio.sleep(0)
    return host != "c"


async def main():
    hosts = ["a", "b", "c"]
    online = filter(
        lambda host: is_online(host),  # error: coroutine-never-awaited at `is_online(host)`
        hosts,
    )
    print(len(list(online)))


asyncio.run(main())
