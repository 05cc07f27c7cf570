import asyncio


async def commit():
    await asyncio.sleep(0.2)
    return 1 / 0  # error: exception-in-shielded-future at `1 / 0`


async def request():
    await asyncio.shield(asyncio.create_task(commit()))


async def main():
    task = asyncio.create_task(request())
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.wait([task])
    await asyncio.sleep(0.3)


asyncio.run(main())
