"""An inner limit that gives way, and an outer one that does not."""

import asyncio


async def ask(server, seconds):
    async with asyncio.timeout(0.2):
        await asyncio.sleep(seconds)
        return server


async def first_answer(servers):
    for server, seconds in servers:
        try:
            return await ask(server, seconds)
        except TimeoutError:
            print(server, "was too slow")
    raise LookupError("no server answered")


async def main():
    async with asyncio.timeout(1):
        print(await first_answer([("a", 1), ("b", 0.1)]))
    try:
        async with asyncio.timeout(0.3):
            await first_answer([("c", 1), ("d", 1), ("e", 1)])
    except TimeoutError:
        print("nobody answered in time")


asyncio.run(main())
