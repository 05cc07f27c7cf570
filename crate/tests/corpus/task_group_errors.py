"""A task group in which two fail: both errors arrive, the third task is cancelled."""

import asyncio


async def part(name, seconds, error=None):
    try:
        await asyncio.sleep(seconds)
        if error is not None:
            raise error
        return name
    except asyncio.CancelledError:
        print(name, "was cancelled")
        raise


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(part("a", 0.1, ValueError("a")))
            group.create_task(part("b", 0.1, KeyError("b")))
            group.create_task(part("c", 5))
    except* ValueError as errors:
        print("values:", errors.exceptions)
    except* KeyError as errors:
        print("keys:", errors.exceptions)


asyncio.run(main())
