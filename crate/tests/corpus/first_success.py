"""The next replica is asked when the first takes long; the others are cancelled."""

import asyncio


async def replica(name, delay, fail=False):
    await asyncio.sleep(delay)
    if fail:
        raise ConnectionError(name)
    return name


async def first_success(*calls, hedge=0.1):
    pending = set()
    errors = []
    calls = list(calls)
    try:
        while calls or pending:
            if calls:
                pending.add(asyncio.create_task(calls.pop(0)))
            done, pending = await asyncio.wait(
                pending, timeout=hedge if calls else None, return_when=asyncio.FIRST_COMPLETED
            )
            for task in done:
                if task.exception() is None:
                    return task.result()
                errors.append(task.exception())
        raise ExceptionGroup("all failed", errors)
    finally:
        for call in calls:
            call.close()
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)


async def main():
    print(await first_success(replica("a", 1), replica("b", 0.2), replica("c", 0.5)))
    print(await first_success(replica("a", 0.01)))
    try:
        await first_success(replica("a", 0.1, True), replica("b", 0.2, True))
    except* ConnectionError as group:
        print([str(error) for error in group.exceptions])


asyncio.run(main())
