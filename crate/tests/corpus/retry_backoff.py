"""Retries with growing pauses, and an error of its own when they are used up."""

import asyncio
import random


class GaveUp(Exception):
    pass


async def flaky(state):
    await asyncio.sleep(0.05)
    state["calls"] += 1
    if state["calls"] < state["works_at"]:
        raise ConnectionError(f"call {state['calls']}")
    return "payload"


async def retry(operation, attempts=4, pause=0.1):
    for attempt in range(attempts):
        try:
            return await operation()
        except ConnectionError as error:
            if attempt + 1 == attempts:
                raise GaveUp(f"after {attempts} attempts") from error
            await asyncio.sleep(pause * 2**attempt + random.random() * 0.01)


async def main():
    quick = {"calls": 0, "works_at": 3}
    print(await retry(lambda: flaky(quick)))
    never = {"calls": 0, "works_at": 99}
    try:
        await retry(lambda: flaky(never))
    except GaveUp as error:
        print("gave up", error, "because of", error.__cause__)


asyncio.run(main())
