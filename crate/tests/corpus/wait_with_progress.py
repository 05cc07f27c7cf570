"""Waiting with a time limit, again and again, to tell how far things are."""

import asyncio


async def copy(part):
    await asyncio.sleep(part * 0.25)
    return part


async def main():
    pending = {asyncio.create_task(copy(part)) for part in range(1, 6)}
    finished = 0
    while pending:
        done, pending = await asyncio.wait(pending, timeout=0.5)
        finished += len(done)
        print("finished", finished, "of 5")


asyncio.run(main())
