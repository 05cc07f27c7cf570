"""A second request is sent if the first is slow; whichever answers first wins, and the other is ended."""

import asyncio


async def replica(name, seconds):
    await asyncio.sleep(seconds)
    return f"answer of {name}"


async def hedged(first, second, patience):
    tasks = [asyncio.create_task(first)]
    done, _ = await asyncio.wait(tasks, timeout=patience)
    if done:
        second.close()
        return tasks[0].result()
    tasks.append(asyncio.create_task(second))
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    return next(iter(done)).result()


async def main():
    print(await hedged(replica("a", 0.1), replica("b", 0.1), 0.3))
    print(await hedged(replica("a", 2), replica("b", 0.1), 0.3))


asyncio.run(main())
