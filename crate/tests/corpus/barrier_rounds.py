"""Three players meet at a barrier before each round."""

import asyncio


async def player(name, barrier, seconds, log):
    for turn in range(3):
        await asyncio.sleep(seconds)
        await barrier.wait()
        log.append((turn, name))


async def main():
    barrier = asyncio.Barrier(3)
    log = []
    async with asyncio.TaskGroup() as group:
        for index, name in enumerate("abc", start=1):
            group.create_task(player(name, barrier, index / 10, log))
    print([turn for turn, _ in log])


asyncio.run(main())
