"""A supervisor starts its child again when it fails, a few times."""

import asyncio
import itertools


async def child(name, runs):
    run = next(runs)
    await asyncio.sleep(0.1)
    if run < 2:
        raise RuntimeError(f"{name} crashed in run {run}")
    return f"{name} finished in run {run}"


async def supervise(name, restarts=5):
    runs = itertools.count()
    for _ in range(restarts):
        task = asyncio.create_task(child(name, runs), name=name)
        await asyncio.wait([task])
        error = task.exception()
        if error is None:
            return task.result()
        print("restarting after:", error)
        await asyncio.sleep(0.05)
    raise RuntimeError(f"{name} keeps crashing")


async def main():
    results = await asyncio.gather(supervise("db"), supervise("cache"))
    print(results)


asyncio.run(main())
