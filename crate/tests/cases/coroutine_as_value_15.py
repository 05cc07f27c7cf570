"""Tested as the last of several, by a walrus, in a comprehension, by a match."""

import asyncio


async def allowed(user):
    await asyncio.sleep(0)
    return user != "eve"


async def main():
    users = ["ann"]
    if users and allowed("eve"):  # error: coroutine-as-value at `allowed("eve")`
        print("welcome")
    if found := allowed("ann"):  # error: coroutine-as-value at `allowed("ann")`
        found = None
    print([user for user in users if allowed(user)])  # error: coroutine-as-value at `allowed(user)`
    match allowed("bob"):  # error: coroutine-as-value at `allowed("bob")`
        case True:
            print("never")


asyncio.run(main())
